using System.Diagnostics.Metrics;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Telemetry;

/// <summary>
/// The instruments of one client, on the meter <c>ProgressiveDelivery.Sdk</c>; the tag <c>client</c> distinguishes clients. Nothing
/// is measured on the way to an answer: counts are read when they are collected.
/// </summary>
internal sealed class FeatureMeter
{
    public const string Name = "ProgressiveDelivery.Sdk";
    private const int MaxGuards = 1_000;

#if NET9_0_OR_GREATER
    // From a stream's tenths of a second to polling after an outage. Before .NET 9 an instrument cannot advise its buckets.
    private static readonly InstrumentAdvice<double> Propagations =
        new() { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] };
#endif

    private readonly KeyValuePair<string, object?> _client;
    private readonly Meter _meter;
    private readonly Counter<long> _refreshes;
    private readonly Histogram<double> _propagation;
    private readonly Counter<long> _failovers;
    private readonly Counter<long> _trips;

    public FeatureMeter(IMeterFactory meters, string client, EvaluationCounters counters, Func<FeatureClientStatus> status)
    {
        _client = new("client", client);
        var meter = _meter = meters.Create(Name);
        _refreshes = meter.CreateCounter<long>("progressive_delivery.refreshes", "{refresh}", "Attempts at the source, by result: applied, unchanged, refused, failed.");
        _propagation = CreatePropagation(meter, "progressive_delivery.propagation", "s", "From a snapshot's publication to its being in force; without the first one of a run.");
        _failovers = meter.CreateCounter<long>("progressive_delivery.failovers", "{failover}", "Changes of the source in use, by the source that came into use.");
        _trips = meter.CreateCounter<long>("progressive_delivery.guard.trips", "{trip}", "Trips of guards, by flag, guard and response: revert, pause, warn.");
        meter.CreateObservableGauge("progressive_delivery.guard.tripped", () => Trips(status()), description: "1 for each guard whose trip holds, by flag, guard and response; absent for others. At most 1,000.");
        meter.CreateObservableGauge("progressive_delivery.ramps.paused", () => Measure(status().Control?.Ramps.Count(static ramp => ramp.IsPaused) ?? 0), "{ramp}", "Rollouts that a guard or a gate has paused.");
        meter.CreateObservableCounter("progressive_delivery.unknown_flags", () => Measure(counters.UnknownFlags), "{read}", "Reads of flags that the snapshot does not have.");
        meter.CreateObservableCounter("progressive_delivery.missing_units", () => Measure(counters.MissingUnits), "{evaluation}", "Rollouts, splits and experiments passed by because the context lacks their unit.");
        meter.CreateObservableGauge("progressive_delivery.snapshot.version", () => Measure(status().SnapshotVersion), description: "The version of the rules in force; 0 when there are none.");
        meter.CreateObservableGauge("progressive_delivery.snapshot.age", () => Ages(status()), "s", "How long ago the source last confirmed the rules in force; absent until it has.");
        meter.CreateObservableGauge("progressive_delivery.overrides", () => Measure(status().Control?.Overrides.Count ?? 0), "{override}", "Overrides of operators in force.");
        meter.CreateObservableGauge("progressive_delivery.held", () => Measure(status().Control?.Hold is null ? 0 : 1), description: "1 while an operator holds a version in force, else 0.");
        meter.CreateObservableGauge("progressive_delivery.stale", () => Staleness(status()), description: "1 while the rules in force are not known to be current (states Stale and Failed), else 0; absent while there are none.");
    }

    /// <summary>Measures what becomes of events, from the status of the sinks.</summary>
    public void Observe(Func<IReadOnlyList<EventSinkStatus>> sinks)
    {
        _meter.CreateObservableUpDownCounter("progressive_delivery.events.queued", () => Measure(sinks(), static sink => sink.Queued), "{event}", "Events that wait for a sink, whole or within counts.");
        _meter.CreateObservableUpDownCounter("progressive_delivery.events.spilled", () => Measure(sinks(), static sink => sink.Spilled), "{event}", "Queued events that are on disk.");
        _meter.CreateObservableUpDownCounter("progressive_delivery.events.spill_size", () => Measure(sinks(), static sink => sink.SpilledBytes), "By", "The size of the spill on disk.");
        _meter.CreateObservableCounter("progressive_delivery.events.recovered", () => Measure(sinks(), static sink => sink.Recovered), "{event}", "Events that an earlier run had spilled and this run has read.");
        _meter.CreateObservableCounter("progressive_delivery.events.sent", () => Measure(sinks(), static sink => sink.Sent), "{event}", "Events that a sink received, whole or within counts.");
        _meter.CreateObservableCounter("progressive_delivery.events.aggregated", () => Measure(sinks(), static sink => sink.Aggregated), "{event}", "Events that became part of a count because a sink's queue was full.");
        _meter.CreateObservableCounter("progressive_delivery.events.deferred", () => Measure(sinks(), static sink => sink.Deferred), "{event}", "Exposures that found no room, and are offered again at the unit's next evaluation.");
        _meter.CreateObservableCounter("progressive_delivery.events.lost", () => Losses(sinks()), "{event}", "Events that did not reach a sink, by cause: capacity, too_large, invalid, expired, shutdown, closed, disk.");
    }

    /// <summary>Measures the rules in force, and the streams of sources.</summary>
    /// <param name="quarantined">Returns the number of quarantined flags.</param>
    /// <param name="streams">Returns the state of each source's stream.</param>
    public void Observe(Func<int> quarantined, Func<IEnumerable<(string Source, StreamState State)>> streams)
    {
        _meter.CreateObservableGauge("progressive_delivery.quarantined", () => Measure(quarantined()), "{flag}", "Flags of the rules in force that are malformed, and answer the caller's fallback.");
        _meter.CreateObservableGauge("progressive_delivery.stream.state", () => streams().SelectMany(States), description: "1 for the state that a source's stream is in, 0 for the others: open, reconnecting, closed.");
    }

    /// <summary>Measures the health of experiments.</summary>
    public void Observe(Func<IReadOnlyList<ExperimentHealth>> experiments)
    {
        _meter.CreateObservableGauge("progressive_delivery.experiment.units", () => Units(experiments()), "{unit}", "Units of experiments that this process has counted, by variant.");
        _meter.CreateObservableGauge("progressive_delivery.experiment.p_value", () => Measure(experiments(), static health => health.PValue), description: "The smallest p-value so far that the units of an experiment are divided as its weights say.");
        _meter.CreateObservableGauge("progressive_delivery.experiment.mismatch", () => Measure(experiments(), static health => health.Hint == ExperimentHint.Mismatch ? 1 : 0), description: "1 if the units of an experiment contradict its weights, else 0.");
        _meter.CreateObservableGauge("progressive_delivery.experiment.crossovers", () => Measure(experiments(), static health => health.Crossovers), "{unit}", "Units that were given several variants of an experiment.");
        _meter.CreateObservableGauge("progressive_delivery.experiment.unassigned", () => Measure(experiments(), static health => health.Unassigned), "{unit}", "Units that were given a variant that the weights of an experiment assign to no unit.");
    }

    /// <summary>Measures the forced variants, and the assignments that make room for others in memory.</summary>
    public void Observe(Func<long> forced, Func<long> evicted)
    {
        _meter.CreateObservableCounter("progressive_delivery.forced_variants", () => Measure(forced()), "{evaluation}", "Answers with a variant that a context or a scope forces for a test.");
        _meter.CreateObservableCounter("progressive_delivery.assignments.evicted", () => Measure(evicted()), "{assignment}", "Sticky assignments that made room for others in memory.");
    }

    /// <summary>Measures what becomes of assignments that are shared through a store.</summary>
    /// <param name="queued">Returns the number of assignments that wait to be written.</param>
    /// <param name="results">Returns the number of assignments by result.</param>
    /// <param name="calls">Returns the number of calls by operation and result.</param>
    public void ObserveAssignments(Func<int> queued, Func<IEnumerable<(string Result, long Count)>> results, Func<IEnumerable<(string Operation, string Result, long Count)>> calls)
    {
        _meter.CreateObservableUpDownCounter("progressive_delivery.assignments.queued", () => Measure(queued()), "{assignment}", "Sticky assignments that wait for their store.");
        _meter.CreateObservableCounter("progressive_delivery.assignments", () => results().Select(one => new Measurement<long>(one.Count, _client, new("result", one.Result))), "{assignment}", "New sticky assignments, by result: stored, lost (another process was first), outdated, dropped.");
        _meter.CreateObservableCounter("progressive_delivery.assignments.store_calls", () => calls().Select(one => new Measurement<long>(one.Count, _client, new("operation", one.Operation), new("result", one.Result))), "{call}", "Calls of the store of sticky assignments, by operation (read, write) and result: answered, failed, late, skipped.");
    }

    public void Refreshed(RefreshResult result) => _refreshes.Add(1, _client, new("result", TelemetryNames.Of(result)));

    /// <summary>Records the time from a snapshot's publication until it is in force, by the clocks of two machines, which need not agree.</summary>
    public void Propagated(TimeSpan since) => _propagation.Record(Math.Max(0, since.TotalSeconds), _client);

    /// <summary>Counts a change of the source in use.</summary>
    public void Switched(string source) => _failovers.Add(1, _client, new("source", source));

    /// <summary>Counts a guard's trip.</summary>
    public void Tripped(GuardTrip trip) => _trips.Add(1, _client, new("flag", trip.Flag), new("guard", trip.Guard), new("response", TelemetryNames.Of(trip.Response)));

    private static Histogram<double> CreatePropagation(Meter meter, string name, string unit, string description) =>
#if NET9_0_OR_GREATER
        meter.CreateHistogram(name, unit, description, tags: null, Propagations);
#else
        meter.CreateHistogram<double>(name, unit, description);
#endif

    /// <summary>Adds the counter of evaluations by flag, variant and reason, which reads the totals at each collection.</summary>
    public void Observe(Func<IEnumerable<(string Flag, string? Variant, string Reason, long Count)>> totals) =>
        _meter.CreateObservableCounter("progressive_delivery.evaluations", () => totals().Select(Measure), "{evaluation}", "Evaluations, by flag, variant (absent for the caller's fallback) and reason.");

    private Measurement<long> Measure((string Flag, string? Variant, string Reason, long Count) total) => total.Variant is null
        ? new(total.Count, _client, new("flag", total.Flag), new("reason", total.Reason))
        : new(total.Count, _client, new("flag", total.Flag), new("variant", total.Variant), new("reason", total.Reason));

    private Measurement<long> Measure(long value) => new(value, _client);

    private IEnumerable<Measurement<long>> Measure(IReadOnlyList<EventSinkStatus> sinks, Func<EventSinkStatus, long> value) =>
        sinks.Select(sink => new Measurement<long>(value(sink), _client, new("sink", sink.Sink)));

    private IEnumerable<Measurement<T>> Measure<T>(IReadOnlyList<ExperimentHealth> experiments, Func<ExperimentHealth, T> value)
        where T : struct =>
        experiments.Select(health => new Measurement<T>(value(health), _client, new("flag", health.Flag), new("experiment", health.Experiment)));

    private IEnumerable<Measurement<long>> Units(IReadOnlyList<ExperimentHealth> experiments) =>
        from health in experiments
        from variant in health.Variants
        select new Measurement<long>(variant.Units, _client, new("flag", health.Flag), new("experiment", health.Experiment), new("variant", variant.Variant));

    private IEnumerable<Measurement<long>> Losses(IReadOnlyList<EventSinkStatus> sinks) =>
        from sink in sinks
        from loss in sink.LostByCause
        select new Measurement<long>(loss.Value, _client, new("sink", sink.Sink), new("cause", TelemetryNames.Of(loss.Key)));

    // A guard may hold trips of two attempts, while an operator holds the snapshot of the lower one.
    private IEnumerable<Measurement<int>> Trips(FeatureClientStatus status) => (status.Control?.Trips ?? [])
        .DistinctBy(static trip => (trip.Flag, trip.Guard, trip.Response))
        .Take(MaxGuards)
        .Select(trip => new Measurement<int>(1, _client, new("flag", trip.Flag), new("guard", trip.Guard), new("response", TelemetryNames.Of(trip.Response))));

    private IEnumerable<Measurement<int>> States((string Source, StreamState State) stream) =>
        Enum.GetValues<StreamState>().Select(state => new Measurement<int>(
            stream.State == state ? 1 : 0, _client, new("source", stream.Source), new("state", TelemetryNames.Of(state))));

    private IEnumerable<Measurement<double>> Ages(FeatureClientStatus status) =>
        status.Age is { } age ? [new(age.TotalSeconds, _client)] : [];

    private IEnumerable<Measurement<int>> Staleness(FeatureClientStatus status) =>
        status.HasRules ? [new(status.State is FeatureClientState.Stale or FeatureClientState.Failed ? 1 : 0, _client)] : [];
}
