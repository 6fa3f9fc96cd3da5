using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Canary.Ramps;

/// <summary>A ramp at one moment. Immutable.</summary>
/// <param name="Flag">Its flag.</param>
/// <param name="Ramp">The ramp.</param>
/// <param name="Now">The moment, in ticks of UTC.</param>
internal readonly record struct RampView(CompiledFlag Flag, CompiledRamp Ramp, long Now)
{
    private static readonly GateDefinition Open = new() { Guards = [] };

    public RampKey Key => new(Flag.Key, Ramp.Rule);

    public decimal Percent => Share.PercentAt(Now);

    public bool IsPaused => Share.IsPaused;

    public bool IsInBlackout => Share.IsInBlackout(Now);

    /// <summary>The step after the last one that is reached; null at the end.</summary>
    public RampStep? Next => Share.NextAt(Now);

    /// <summary>Indicates whether the time of the next step has come.</summary>
    public bool IsDue => Next is { } next && next.At <= Now;

    /// <summary>The time since which the present step is reached; null before the first.</summary>
    public DateTimeOffset? Since => Share.SinceAt(Now) is { } since ? new DateTimeOffset(since, TimeSpan.Zero) : null;

    /// <summary>The present step: its attempt and share. A pause is a step of its own.</summary>
    public (long Attempt, decimal Percent, bool IsPaused) Step => (Flag.Attempt, Reached >= 0 ? Share.Steps[Reached].Percent : 0, IsPaused);

    /// <summary>The share of the step before the present one; 0 at the first.</summary>
    public decimal PercentBefore => Reached > 0 ? Share.Steps[Reached - 1].Percent : 0;

    /// <summary>Indicates whether it has steps to come.</summary>
    public bool HasNext => !IsPaused && Next is not null;

    /// <summary>Indicates whether a step to come waits for a gate, its own or that of a step before it.</summary>
    public bool HasGate => HasNext && Share.Steps.Skip(Reached + 1).FirstOrDefault(step => step.IsClosed) is { IsFaulty: false };

    /// <summary>The gate that the next step waits for; one that is open where only a step before it had one. Null if it needs none, or has one that cannot be judged.</summary>
    public GateDefinition? Gate => HasNext && Next is { IsClosed: true, IsFaulty: false } next ? next.Gate ?? Open : null;

    /// <summary>The share that is reached once the next step's gate opens: missed steps without a gate of their own fold into it.</summary>
    public decimal PercentAfter
    {
        get
        {
            var (now, next) = (Now, Reached + 1);
            return Share.Steps.Skip(next + 1).TakeWhile(step => step.Gate is null && step.At <= now).LastOrDefault(Share.Steps[next]).Percent;
        }
    }

    private RolloutShare Share => Ramp.Share;

    private int Reached => Share.ReachedAt(Now);
}
