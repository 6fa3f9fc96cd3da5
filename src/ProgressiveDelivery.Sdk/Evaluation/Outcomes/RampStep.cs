using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>A step of a rollout, as it stands under the position that the rollout was compiled with.</summary>
/// <param name="Planned">The time of its definition, in ticks of UTC.</param>
/// <param name="At">The time before which it is not reached: the planned one, or the end of the blackout that it falls into; <see cref="Blackouts.Never"/> if that has no end.</param>
/// <param name="Percent">The share.</param>
/// <param name="Gate">The gate; null if it has none, or lowers the share, so that it does not wait for one.</param>
internal sealed record RampStep(long Planned, long At, decimal Percent, GateDefinition? Gate)
{
    /// <summary>Indicates whether its gate, or that of a step before it, is closed: the position has not reached its share.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Indicates whether a gate stands before it: its own, or that of a step before it. It was reached when the position was, and not at its time.</summary>
    public bool IsGated { get; init; }

    /// <summary>Indicates whether the gate cannot be judged, and so never opens by itself.</summary>
    public bool IsFaulty { get; init; }

    /// <summary>The hold of the step, for people.</summary>
    public string Hold => At == Blackouts.Never ? $"held by blackouts without an end, before the step to {RolloutShare.Describe(Percent)}"
        : IsClosed && Gate is null ? $"held after a gate, before the step to {RolloutShare.Describe(Percent)}"
        : IsClosed ? $"held by {(IsFaulty ? "a gate that cannot be judged" : "the gate")} of the step to {RolloutShare.Describe(Percent)}"
        : string.Create(CultureInfo.InvariantCulture, $"the step to {RolloutShare.Describe(Percent)} waits for the end of a blackout, {new DateTime(At, DateTimeKind.Utc):yyyy-MM-ddTHH:mm:ssZ}");
}
