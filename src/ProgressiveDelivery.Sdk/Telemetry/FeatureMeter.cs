using System.Diagnostics.Metrics;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Telemetry;

/// <summary>
/// The instruments of one client, on the meter <c>ProgressiveDelivery.Sdk</c>; the tag <c>client</c> tells clients apart. Nothing
/// is measured on the way to an answer: counts are read when somebody collects.
/// </summary>
internal sealed class FeatureMeter
{
    public const string Name = "ProgressiveDelivery.Sdk";

    // From a stream's tenths of a second to polling after an outage.
    private static readonly InstrumentAdvice<double> Propagations =
        new() { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] };

    private readonly KeyValuePair<string, object?> _client;
    private readonly Counter<long> _refreshes;
    private readonly Histogram<double> _propagation;
    private readonly Counter<long> _failovers;

    public FeatureMeter(IMeterFactory meters, string client, EvaluationCounters counters, Func<FeatureClientStatus> status)
    {
        _client = new("client", client);
        var meter = meters.Create(Name);
        _refreshes = meter.CreateCounter<long>("progressive_delivery.refreshes", "{refresh}", "Attempts at the source, by result: applied, unchanged, refused, failed.");
        _propagation = meter.CreateHistogram("progressive_delivery.propagation", "s", "From a snapshot's publication to its being in force; without the first one of a run.", tags: null, Propagations);
        _failovers = meter.CreateCounter<long>("progressive_delivery.failovers", "{failover}", "Changes of the source in use, by the source that came into use.");
        meter.CreateObservableCounter("progressive_delivery.unknown_flags", () => Measure(counters.UnknownFlags), "{read}", "Reads of flags that the snapshot does not have.");
        meter.CreateObservableCounter("progressive_delivery.missing_units", () => Measure(counters.MissingUnits), "{evaluation}", "Rollouts, splits and experiments passed by because the context lacks their unit.");
        meter.CreateObservableGauge("progressive_delivery.snapshot.version", () => Measure(status().SnapshotVersion), description: "The version of the rules in force; 0 when there are none.");
        meter.CreateObservableGauge("progressive_delivery.snapshot.age", () => Ages(status()), "s", "How long ago the source last confirmed the rules in force; absent until it has.");
        meter.CreateObservableGauge("progressive_delivery.stale", () => Staleness(status()), description: "1 while the rules in force are not known to be current (states Stale and Failed), else 0; absent while there are none.");
    }

    public void Refreshed(RefreshResult result) => _refreshes.Add(1, _client, new("result", Text(result)));

    /// <summary>A snapshot is in force that was published so long ago; by clocks of two machines, which need not agree.</summary>
    public void Propagated(TimeSpan since) => _propagation.Record(Math.Max(0, since.TotalSeconds), _client);

    /// <summary>Another source came into use.</summary>
    public void Switched(string source) => _failovers.Add(1, _client, new("source", source));

    private Measurement<long> Measure(long value) => new(value, _client);

    private IEnumerable<Measurement<double>> Ages(FeatureClientStatus status) =>
        status.Age is { } age ? [new(age.TotalSeconds, _client)] : [];

    private IEnumerable<Measurement<int>> Staleness(FeatureClientStatus status) =>
        status.HasRules ? [new(status.State is FeatureClientState.Stale or FeatureClientState.Failed ? 1 : 0, _client)] : [];

    private static string Text(RefreshResult result) => result switch
    {
        RefreshResult.Applied => "applied",
        RefreshResult.Unchanged => "unchanged",
        RefreshResult.Refused => "refused",
        _ => "failed",
    };
}
