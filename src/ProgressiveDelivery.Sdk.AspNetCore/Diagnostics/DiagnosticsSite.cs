using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Serving;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>One mapping of the page: its client, its options, and where it runs. Resolved at the first request.</summary>
internal sealed class DiagnosticsSite
{
    public DiagnosticsSite(IServiceProvider services, FeatureDiagnosticsOptions options)
    {
        Options = options;
        Client = Of<IFeatureClient>(services, options.ClientName);
        Control = Of<ISnapshotControl>(services, options.ClientName);
        Diagnostics = Of<IFeatureDiagnostics>(services, options.ClientName);
        Clock = services.GetService<TimeProvider>() ?? DefaultClock;
        var environment = services.GetRequiredService<IHostEnvironment>();
        (Application, Environment) = (environment.ApplicationName, environment.EnvironmentName);
        Started = Clock.GetUtcNow();
        Served = new(Diagnostics, Clock);
        services.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(static sampler => ((ServedSampler)sampler!).Dispose(), Served);
    }

    public FeatureDiagnosticsOptions Options { get; }

    public IFeatureClient Client { get; }

    public ISnapshotControl Control { get; }

    public IFeatureDiagnostics Diagnostics { get; }

    public TimeProvider Clock { get; }

    /// <summary>What was served in the last minute, and the evaluations per second.</summary>
    public ServedSampler Served { get; }

    public string Application { get; }

    public string Environment { get; }

    public string Instance { get; } = System.Environment.MachineName;

    public DateTimeOffset Started { get; }

    /// <summary>True if no policy protects the page, in Development: it then answers this machine only.</summary>
    public bool IsOpenToThisMachine { get; init; }

#pragma warning disable RS0030 // The clock of an application that registers none.
    private static TimeProvider DefaultClock => TimeProvider.System;
#pragma warning restore RS0030

    private static T Of<T>(IServiceProvider services, string? name)
        where T : notnull => name is null ? services.GetRequiredService<T>() : services.GetRequiredKeyedService<T>(name);
}
