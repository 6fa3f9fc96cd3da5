using Microsoft.Extensions.Logging.Abstractions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>The services that the snapshots of one client share.</summary>
internal sealed class SnapshotServices(TimeProvider clock, EvaluationServices evaluation, UnknownFlags unknownFlags, TimeSpan? maxStaleness = null, UsageLedger? usage = null, EvaluationEvents? events = null, ExposureRecorder? exposures = null, BackendRecordings? backends = null, VariantForcing? forcing = null, OutcomeLedger? outcomes = null, ExecutionJournal? executions = null)
{
    private SnapshotServices? _withoutEffects;

    public TimeProvider Clock => clock;

    public EvaluationServices Evaluation => evaluation;

    public UnknownFlags UnknownFlags => unknownFlags;

    /// <summary>Serves forced variants; null if there are none.</summary>
    public VariantForcing? Forcing => forcing;

    /// <summary>The time for which rules count as current without being confirmed; null if none is declared.</summary>
    public TimeSpan? MaxStaleness => maxStaleness;

    /// <summary>The outcomes of the client; null if none are recorded.</summary>
    public OutcomeLedger? Outcomes => outcomes;

    /// <summary>Logs what happens to calls; null without a log.</summary>
    public ExecutionJournal? Executions => executions;

    /// <summary>The same services for snapshots that are only looked at: their answers are not counted, observed, stored or logged, and a missing flag is no exception.</summary>
    public SnapshotServices WithoutEffects => _withoutEffects ??= new(clock, evaluation.WithoutEffects, new(NullLogger.Instance, new(), strict: false), maxStaleness, forcing: forcing?.WithoutEffects());

    /// <summary>Returns the observer of the answers of a snapshot that comes into force; null if there are no listeners.</summary>
    public DecisionObserver? ObserverOf(FeatureSnapshot snapshot)
    {
        var counts = usage is { IsOn: true } ? usage : null;
        if (counts is null && events is null && exposures is null && backends is null)
            return null;
        exposures?.InForce(snapshot.Rules);
        return new(snapshot, counts?.Of(snapshot.Rules), events, exposures, backends, backends?.Of(snapshot.Rules) ?? []);
    }
}
