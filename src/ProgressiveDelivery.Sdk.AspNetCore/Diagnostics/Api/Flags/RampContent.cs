using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Flags;

/// <summary>A rollout that has steps or is paused.</summary>
internal sealed record RampContent
{
    public string? Rule { get; init; }

    public required decimal Percent { get; init; }

    public DateTimeOffset? Since { get; init; }

    public decimal? Next { get; init; }

    public DateTimeOffset? NextAt { get; init; }

    public required IReadOnlyList<string> WaitsFor { get; init; }

    public required bool Paused { get; init; }

    /// <summary>The cause of its position; null if its time alone decided.</summary>
    public string? Cause { get; init; }

    public static RampContent Of(RampStatus ramp, IEnumerable<RampPosition> positions) => new()
    {
        Rule = ramp.Rule,
        Percent = ramp.Percent,
        Since = ramp.Since,
        Next = ramp.Next,
        NextAt = ramp.NextAt,
        WaitsFor = ramp.WaitsFor,
        Paused = ramp.IsPaused,
        Cause = positions.LastOrDefault(position => position.Flag == ramp.Flag && position.Rule == ramp.Rule)?.Cause,
    };
}
