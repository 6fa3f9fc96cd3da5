using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Serving;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>One mapping of the page: its client, its options, and where it runs. Resolved at the first request.</summary>
internal sealed class DiagnosticsSite
{
    public DiagnosticsSite(IServiceProvider services, FeatureDiagnosticsOptions options)
    {
        Options = options;
        Contexts = new(options);
        Client = Of<IFeatureClient>(services, options.ClientName);
        Control = Of<ISnapshotControl>(services, options.ClientName);
        Diagnostics = Of<IFeatureDiagnostics>(services, options.ClientName);
        Clock = Requests.Clock.Of(services);
        Logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("ProgressiveDelivery.Sdk.AspNetCore.Diagnostics");
        var environment = services.GetRequiredService<IHostEnvironment>();
        (Application, Environment) = (environment.ApplicationName, environment.EnvironmentName);
        Started = Clock.GetUtcNow();
        Stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        Served = new(Diagnostics, Clock);
        Stopping.Register(static sampler => ((ServedSampler)sampler!).Dispose(), Served);
    }

    public FeatureDiagnosticsOptions Options { get; }

    public IFeatureClient Client { get; }

    public ISnapshotControl Control { get; }

    public IFeatureDiagnostics Diagnostics { get; }

    public TimeProvider Clock { get; }

    /// <summary>The answers that were served in the last minute, and the evaluations per second.</summary>
    public ServedSampler Served { get; }

    public string Application { get; }

    public string Environment { get; }

    public string Instance { get; } = System.Environment.MachineName;

    public DateTimeOffset Started { get; }

    /// <summary>Canceled when the host begins to stop.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>The evaluations per second of the last minutes, the oldest first.</summary>
    public IReadOnlyList<(DateTimeOffset At, double PerSecond)> Rates => Served.PerSecond;

    /// <summary>The name of the client for people.</summary>
    public string ClientLabel => Options.ClientName ?? "default";

    /// <summary>The logger of the page.</summary>
    public ILogger Logger { get; }

    /// <summary>The saved contexts of this mapping.</summary>
    public SavedContexts Contexts { get; }

    /// <summary>The outcomes of the last acts, for the page that follows an act.</summary>
    public ActResults Results { get; } = new();

    private static T Of<T>(IServiceProvider services, string? name)
        where T : notnull => (name is null ? services.GetService<T>() : services.GetKeyedService<T>(name)) ?? throw new InvalidOperationException(
            $"The diagnostics page finds no {typeof(T).Name} of client '{name ?? "default"}'. Register the client with AddProgressiveDelivery, or correct {nameof(FeatureDiagnosticsOptions)}.{nameof(FeatureDiagnosticsOptions.ClientName)}.");
}
