using System.Globalization;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>
/// The number of positions, of 1,000,000, that a rollout admits at a time. Gates, blackouts and the position of the ramp are part of it: an evaluation
/// compares times only.
/// </summary>
internal sealed class RolloutShare
{
    private const int PositionsPerHundredth = 100;
    private const decimal PositionsPerPercent = 10_000m;

    private readonly int _fixed;
    private readonly (long At, int Threshold)[]? _steps;
    private readonly int[] _places = [];
    private readonly bool _linear;
    private readonly int _cap = Salt.Positions;
    private readonly long _movedAt = long.MinValue;
    private readonly Blackouts _blackouts = Blackouts.None;

    public RolloutShare(decimal percent, RampPosition? position = null)
        : this(position)
    {
        _fixed = ToThreshold(percent);
    }

    /// <param name="steps">All steps, in order.</param>
    /// <param name="linear">Whether the share moves between them.</param>
    /// <param name="position">The position that holds; null if there is none.</param>
    /// <param name="blackouts">The blackouts that the steps were placed around.</param>
    public RolloutShare(IReadOnlyList<RampStep> steps, bool linear, RampPosition? position, Blackouts blackouts)
        : this(position)
    {
        Steps = steps;
        _places = [.. Enumerable.Range(0, steps.Count).Where(place => !steps[place].IsClosed)];
        _steps = Array.ConvertAll(_places, place => (steps[place].At, ToThreshold(steps[place].Percent)));
        _linear = linear;
        _blackouts = blackouts;
    }

    private RolloutShare(RampPosition? position)
    {
        if (position is null)
            return;
        IsPaused = position.IsPaused;
        _movedAt = position.Since.UtcTicks;
        if (IsPaused)
            _cap = ToThreshold(Math.Clamp(position.Reached, 0, 100));
    }

    /// <summary>All steps of the rollout, in order; empty for one with a fixed percentage.</summary>
    public IReadOnlyList<RampStep> Steps { get; } = [];

    /// <summary>Indicates whether the share stays at the position's at most.</summary>
    public bool IsPaused { get; }

    /// <summary>Returns the first position that is not admitted.</summary>
    public int Threshold(long nowTicks) => Math.Min(_steps is null ? _fixed : Planned(_steps, nowTicks), _cap);

    /// <summary>Returns the share in percent.</summary>
    public decimal PercentAt(long nowTicks) => Threshold(nowTicks) / PositionsPerPercent;

    /// <summary>Returns the place of the last step that is reached; negative before the first.</summary>
    public int ReachedAt(long nowTicks) => _steps is not null && LastReached(_steps, nowTicks) is var last and >= 0 ? _places[last] : -1;

    /// <summary>Returns the time, in ticks of UTC, since which the last step is reached; null before the first.</summary>
    public long? SinceAt(long nowTicks) => ReachedAt(nowTicks) is var reached && reached < 0 ? null
        : Steps[reached].IsGated ? Math.Max(Steps[reached].At, _movedAt)
        : Steps[reached].At;

    /// <summary>Returns the step after the last one that is reached; null at the end. Its time may have passed: it then waits for its gate.</summary>
    public RampStep? NextAt(long nowTicks) => ReachedAt(nowTicks) is var reached && reached + 1 < Steps.Count ? Steps[reached + 1] : null;

    /// <summary>Returns whether a time is in a blackout, in which no gate opens.</summary>
    public bool IsInBlackout(long nowTicks) => _blackouts.Include(nowTicks);

    /// <summary>Returns what holds the share, for people; null if it is where its definition has it.</summary>
    public string? HoldAt(long nowTicks)
    {
        if (IsPaused && (_steps is null ? _fixed : Planned(_steps, nowTicks)) > _cap)
            return "paused";
        return NextAt(nowTicks) is { } next && next.Planned <= nowTicks ? next.Hold : null;
    }

    public static string Describe(int threshold) => Describe(threshold / PositionsPerPercent);

    public static string Describe(decimal percent) => percent.ToString("0.####", CultureInfo.InvariantCulture) + " %";

    public static int ToThreshold(decimal percent) => (int)(percent * PositionsPerPercent);

    private int Planned((long At, int Threshold)[] steps, long nowTicks)
    {
        var reached = LastReached(steps, nowTicks);
        if (reached < 0)
            return 0;
        if (!_linear || reached == steps.Length - 1)
            return steps[reached].Threshold;
        return Between(steps[reached], steps[reached + 1], nowTicks);
    }

    // Steps that lower the share do not wait for a blackout's end, so times need not ascend: the last step in order counts.
    private static int LastReached((long At, int Threshold)[] steps, long nowTicks)
    {
        var reached = steps.Length - 1;
        while (reached >= 0 && nowTicks < steps[reached].At)
            reached--;
        return reached;
    }

    // Rounds down to whole hundredths of a percent, even if the share decreases.
    private static int Between((long At, int Threshold) from, (long At, int Threshold) to, long now)
    {
        var moved = (Int128)(to.Threshold - from.Threshold) * (now - from.At);
        var span = (Int128)(to.At - from.At) * PositionsPerHundredth;
        var scaled = (Int128)from.Threshold * (to.At - from.At) + moved;
        return (int)(scaled / span) * PositionsPerHundredth;
    }
}
