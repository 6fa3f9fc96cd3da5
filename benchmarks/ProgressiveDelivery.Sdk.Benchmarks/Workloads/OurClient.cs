using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Benchmarks.Workloads;

/// <summary>A client as an application registers it, over the snapshot in memory.</summary>
internal sealed class OurClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly InMemorySnapshotSource _source = new(OurFlags.Definition(FlagKeys.Count));

    private OurClient(bool isCounted)
    {
        var services = new ServiceCollection();
        services.AddProgressiveDelivery(flags =>
        {
            flags.From(_ => _source);
            if (isCounted)
                flags.ReportUsageTo(_ => new DeafReporter());
        });
        Features = services.BuildServiceProvider().GetRequiredService<IFeatureClient>();
        Features.WaitUntilReadyAsync(Patience).GetAwaiter().GetResult();
    }

    public IFeatureClient Features { get; }

    public static OurClient Create() => new(isCounted: false);

    /// <summary>One whose answers are counted for a reporter.</summary>
    public static OurClient CreateCounted() => new(isCounted: true);

    /// <summary>Has other definitions compiled and put in force, behind the readers' backs.</summary>
    public void Replace(SnapshotDefinition definition) => _source.Set(definition);

    /// <summary>The same, and waits until they are in force.</summary>
    public void Swap(SnapshotDefinition definition)
    {
        Replace(definition);
        if (!SpinWait.SpinUntil(() => Features.GetSnapshot().Version == definition.Version, Patience))
            throw new InvalidOperationException($"Version {definition.Version} was not put in force: {Features.Status}");
    }

    private sealed class DeafReporter : IUsageReporter
    {
        public string Name => "nobody";

        public ValueTask AnnounceAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask ReportAsync(UsageReport report, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
