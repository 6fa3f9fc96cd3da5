using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Canary.Ramps;

/// <summary>Describes a ramp for the status of its client.</summary>
internal static class RampDescriber
{
    public static RampStatus Describe(in RampView view, GateVerdict? gate)
    {
        var next = view.Next;
        return new()
        {
            Flag = view.Flag.Key,
            Rule = view.Ramp.Rule,
            Percent = view.Percent,
            Since = view.Since,
            Next = next?.Percent,
            NextAt = next is null || next.At == Blackouts.Never ? null : new DateTimeOffset(next.At, TimeSpan.Zero),
            WaitsFor = view.IsPaused || next is null ? [] : gate?.WaitsFor ?? Hold(in view, next),
            IsPaused = view.IsPaused,
        };
    }

    // A gate that cannot be judged, or a blackout.
    private static string[] Hold(in RampView view, RampStep next) => next.IsFaulty || (next.Planned <= view.Now && next.At > view.Now) ? [next.Hold] : [];
}
