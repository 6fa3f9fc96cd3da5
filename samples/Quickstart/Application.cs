using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk;

namespace Quickstart;

/// <summary>An application that uses the SDK: a host with the client registered, started and ready to ask.</summary>
internal sealed class Application : IDisposable
{
    private readonly IHost _host;

    private Application(IHost host, IFeatureClient features, WarningLog warnings, TimeSpan coldStart) =>
        (_host, Features, Warnings, ColdStart) = (host, features, warnings, coldStart);

    public IFeatureClient Features { get; }

    /// <summary>For whoever is on call.</summary>
    public ISnapshotControl Control => _host.Services.GetRequiredService<ISnapshotControl>();

    public WarningLog Warnings { get; }

    /// <summary>From building the container to the first answer that rules gave.</summary>
    public TimeSpan ColdStart { get; }

    public static async Task<Application> StartAsync(Uri snapshot, string lastKnownGood, CancellationToken cancellationToken)
    {
        var warnings = new WarningLog();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddProvider(warnings);
        builder.Services.AddFeatures(snapshot, lastKnownGood);

        var watch = Stopwatch.StartNew();
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        var features = host.Services.GetRequiredService<IFeatureClient>();
        var first = features.Evaluate(Flags.NewCheckout, Visitor.Ada.Context);
        watch.Stop();

        Check.That(first.Reason == EvaluationReason.RuleMatch, $"the first answer should come from a rule, and its reason is {first.Reason}: {features.Status.Cause?.Message}");
        return new(host, features, warnings, watch.Elapsed);
    }

    public void Dispose() => _host.Dispose();
}

/// <summary>The one place where the application says where its flags come from.</summary>
internal static class FeatureRegistration
{
    public static IServiceCollection AddFeatures(this IServiceCollection services, Uri snapshot, string lastKnownGood) =>
        services.AddProgressiveDelivery(flags => flags
            .FromHttp(http =>
            {
                http.Address = snapshot;
                http.PollingInterval = TimeSpan.FromSeconds(1);
            })
            .ConfigureHttpClient(client => client.ConfigurePrimaryHttpMessageHandler(NotThroughProxies))
            .KeepLastKnownGoodIn(lastKnownGood));

    // The backend is on this machine, where no proxy would find it.
    private static SocketsHttpHandler NotThroughProxies() => new() { UseProxy = false };
}
