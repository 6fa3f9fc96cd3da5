using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>Sorts outcomes into good and bad, as a guard's definition says.</summary>
internal sealed class OutcomeRule(GuardDefinition definition)
{
    private readonly GuardKind _kind = definition.Kind;
    private readonly long _than = definition.Than?.Ticks ?? long.MaxValue;
    private readonly double _above = definition.Above ?? double.PositiveInfinity;
    private readonly double _below = definition.Below ?? double.NegativeInfinity;

    /// <summary>
    /// Returns whether an outcome is bad; null if it counts for nothing. A canceled call never counts. A failed call is no sample of latency: failures are often quick, and would
    /// make a broken variant look fast. It is bad, though, once it took longer than the mark: a time-out is the slowest answer of all.
    /// </summary>
    public bool? IsBad(in ObservedOutcome outcome) => (_kind, outcome.Result) switch
    {
        (_, OutcomeResult.Canceled) => null,
        (GuardKind.Error, var result) => result == OutcomeResult.Failure,
        (GuardKind.Slower, OutcomeResult.Success) => outcome.ElapsedTicks > _than,
        (GuardKind.Slower, _) => outcome.ElapsedTicks > _than ? true : null,
        _ => outcome.Value > _above || outcome.Value < _below,
    };
}
