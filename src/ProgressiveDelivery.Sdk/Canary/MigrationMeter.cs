using System.Diagnostics;
using System.Diagnostics.Metrics;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>The instruments of one migration. Migrations of one container share the instruments, and differ by the tags <c>client</c> and <c>migration</c>.</summary>
internal sealed class MigrationMeter
{
#if NET9_0_OR_GREATER
    // From a cache's answer to a store that is about to time out. Before .NET 9 an instrument cannot advise its buckets.
    private static readonly InstrumentAdvice<double> Durations =
        new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };
#endif

    private readonly KeyValuePair<string, object?> _client;
    private readonly KeyValuePair<string, object?> _migration;
    private readonly Counter<long> _operations;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _checks;
    private readonly Counter<long> _fallbacks;
    private readonly Counter<long> _safeStages;

    public MigrationMeter(IMeterFactory meters, string client, string migration)
    {
        (_client, _migration) = (new("client", client), new("migration", migration));
        var meter = meters.Create(FeatureMeter.Name);
        _operations = meter.CreateCounter<long>("progressive_delivery.migration.operations", "{operation}", "Reads and writes of the sides of migrations, by stage, side and result: ok, failed, canceled.");
        _duration = CreateDuration(meter, "progressive_delivery.migration.duration", "s", "The time of reads and writes of the sides of migrations.");
        _checks = meter.CreateCounter<long>("progressive_delivery.migration.checks", "{check}", "Consistency checks of migrations, by result: equal, different, skipped, failed.");
        _fallbacks = meter.CreateCounter<long>("progressive_delivery.migration.fallbacks", "{read}", "Reads that the old side answered because the new one failed.");
        _safeStages = meter.CreateCounter<long>("progressive_delivery.migration.safe_stages", "{operation}", "Operations in the safe stage, because the flag served none.");
    }

    /// <summary>Indicates whether a listener wants to know of operations.</summary>
    public bool MeasuresOperations => _operations.Enabled || _duration.Enabled;

    /// <summary>Records one read or write of a side.</summary>
    public void Ended(in SideCall call, string result, TimeSpan latency)
    {
        if (!MeasuresOperations)
            return;
        var tags = new TagList([_client, _migration, new("operation", call.Operation), new("side", MigrationStages.NameOf(call.Side))]);
        Record(_duration, latency.TotalSeconds, in tags);
        tags.Add("stage", MigrationStages.NameOf(call.Stage));
        tags.Add("result", result);
        Count(_operations, in tags);
    }

    /// <summary>Counts a check that was due.</summary>
    public void Checked(MigrationCheckResult result) => Count(_checks, new TagList([_client, _migration, new("result", NameOf(result))]));

    public void FellBack() => Count(_fallbacks, new TagList([_client, _migration]));

    public void UsedSafeStage() => Count(_safeStages, new TagList([_client, _migration]));

    private static string NameOf(MigrationCheckResult result) => result switch
    {
        MigrationCheckResult.Equal => "equal",
        MigrationCheckResult.Different => "different",
        MigrationCheckResult.Skipped => "skipped",
        _ => "failed",
    };

    // A listener that throws costs its measurement, and neither a caller's value nor the second of two writes.
    private static void Count(Counter<long> counter, in TagList tags)
    {
        try
        {
            counter.Add(1, in tags);
        }
        catch (Exception)
        {
            // There is nowhere to report it.
        }
    }

    private static void Record(Histogram<double> histogram, double value, in TagList tags)
    {
        try
        {
            histogram.Record(value, in tags);
        }
        catch (Exception)
        {
            // There is nowhere to report it.
        }
    }

    private static Histogram<double> CreateDuration(Meter meter, string name, string unit, string description) =>
#if NET9_0_OR_GREATER
        meter.CreateHistogram(name, unit, description, tags: null, Durations);
#else
        meter.CreateHistogram<double>(name, unit, description);
#endif
}
