using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Evaluations whose answer chooses the code of a call, and the outcomes of variants.</summary>
internal sealed partial class FeatureSnapshot
{
    public SnapshotServices Services => _services;

    /// <summary>Evaluates a flag for a call that begins now.</summary>
    /// <param name="declared">The flag.</param>
    /// <param name="context">The context.</param>
    /// <param name="given">The variants given in the unit of work; null outside of one.</param>
    /// <param name="slot">The place of the call's outcome; null if no variant was given, or one that is forced for a test.</param>
    /// <param name="unit">The hash of the call's unit; 0 unless a watch needs it.</param>
    public T Begin<T>(FeatureFlag<T> declared, AnyContext context, GivenVariants? given, out OutcomeSlot? slot, out ulong unit)
    {
        (slot, unit) = (null, 0);
        if (_rules.Find(declared) is not { } flag)
            return Missing(declared.Key, context, declared.Fallback);
        var (decision, reader) = (given is null ? Decide(flag, context) : Decide(flag, context, given), new DeclaredReader<T>(declared.Json));
        if (given is not null)
            Note<T, DeclaredReader<T>>(flag, decision, context, reader, given, isRun: true);
        var answer = Result(flag, decision, context, declared.Fallback, reader, _observer);
        if (_outcomes is null || answer.Variant is null || flag.IsForced(decision))
            return answer.Value;
        slot = _outcomes.Of(flag, decision.Variant);
        if (slot.NeedsUnit)
            unit = UnitHash.Of(flag, decision, context, _services.Evaluation.WithoutEffects);
        return answer.Value;
    }

    /// <summary>Records the outcome of a unit of work for each variant given in it whose call recorded none.</summary>
    public void ReportOutcome(bool succeeded, TimeSpan elapsed, GivenVariants given) =>
        _services.Outcomes?.ReportOutcome(succeeded ? OutcomeResult.Success : OutcomeResult.Failure, elapsed, given, _outcomes);

    /// <summary>Gives the value of a metric to the watches of the variants given in a unit of work.</summary>
    public void Report(string metric, double value, GivenVariants given) => _services.Outcomes?.Report(metric, value, given, _outcomes);
}
