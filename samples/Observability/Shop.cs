using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using ProgressiveDelivery.Sdk;
using ProgressiveDelivery.Sdk.Reporting;

namespace Observability;

/// <summary>The shop's host: flags, a warehouse that takes events, and OpenTelemetry.</summary>
internal sealed class Shop : IAsyncDisposable
{
    public const string Name = "Shop";

    private static readonly ActivitySource Requests = new(Name);

    private readonly IHost _host;

    private Shop(IHost host, OperatorView view) => (_host, View, Features) = (host, view, host.Services.GetRequiredService<IFeatureClient>());

    public IFeatureClient Features { get; }

    /// <summary>The metrics as they were exported last.</summary>
    public OperatorView View { get; }

    public static async Task<Shop> StartAsync(Uri snapshot, CancellationToken cancellationToken)
    {
        var view = new OperatorView();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        AddFlags(builder.Services, snapshot);
        builder.AddTelemetry(view);
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new(host, view);
    }

    /// <summary>Serves visitors: all see the banner, every second one checks out, and some of those pay.</summary>
    public void Serve(IEnumerable<int> visitors)
    {
        foreach (var number in visitors)
        {
            using var request = Requests.StartActivity("GET /checkout");
            var visitor = new EvaluationContext($"visitor-{number}");
            var banner = Features.Get(Flags.Banner, visitor);
            if (number % 2 != 0)
                continue;
            var isEasy = Features.IsEnabled(Flags.NewCheckout, visitor);
            if (isEasy || number % (banner == "Hi" ? 6 : 8) == 0)
                Features.Track("purchase", visitor, 10 + (number % 50));
        }
    }

    /// <summary>Exports all metrics now.</summary>
    public void Export() => _host.Services.GetRequiredService<MeterProvider>().ForceFlush();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static void AddFlags(IServiceCollection services, Uri snapshot) => services.AddProgressiveDelivery(flags => flags
        .FromHttp(http =>
        {
            http.Address = snapshot;
            http.PollingInterval = TimeSpan.FromSeconds(1);
        })
        .ConfigureHttpClient(client => client.ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { UseProxy = false }))
        .Configure(options => options.MaxStaleness = TimeSpan.FromSeconds(3))
        .CountEvaluations()
        .EmitEvaluationEvents(events => (events.SampleRate, events.TagActivity) = (0.0001, true))
        .SendEventsTo(new InMemoryEventSink())
        .ConfigureEvents(events => events.FlushInterval = TimeSpan.FromMilliseconds(200)));
}
