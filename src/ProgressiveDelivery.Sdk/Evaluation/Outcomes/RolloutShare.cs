using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>How many of the 1,000,000 positions a rollout admits, now.</summary>
internal sealed class RolloutShare
{
    private const int PositionsPerHundredth = 100;

    private readonly int _fixed;
    private readonly (long At, int Threshold)[]? _steps;
    private readonly bool _linear;

    public RolloutShare(decimal percent)
    {
        _fixed = ToThreshold(percent);
    }

    public RolloutShare(IEnumerable<(DateTimeOffset At, decimal Percent)> steps, bool linear)
    {
        _steps = [.. steps.Select(step => (step.At.UtcTicks, ToThreshold(step.Percent)))];
        _linear = linear;
    }

    /// <summary>The first position that is not admitted.</summary>
    public int Threshold(long nowTicks)
    {
        if (_steps is null)
            return _fixed;

        var reached = _steps.Length - 1;
        while (reached >= 0 && nowTicks < _steps[reached].At)
            reached--;
        if (reached < 0)
            return 0;
        if (!_linear || reached == _steps.Length - 1)
            return _steps[reached].Threshold;
        return Between(_steps[reached], _steps[reached + 1], nowTicks);
    }

    public static string Describe(int threshold) =>
        (threshold / 10_000m).ToString("0.####", CultureInfo.InvariantCulture) + " %";

    public static int ToThreshold(decimal percent) => (int)(percent * 10_000m);

    // Whole hundredths of a percent, rounded down, also on the way down.
    private static int Between((long At, int Threshold) from, (long At, int Threshold) to, long now)
    {
        var moved = (Int128)(to.Threshold - from.Threshold) * (now - from.At);
        var span = (Int128)(to.At - from.At) * PositionsPerHundredth;
        var scaled = (Int128)from.Threshold * (to.At - from.At) + moved;
        return (int)(scaled / span) * PositionsPerHundredth;
    }
}
