namespace ProgressiveDelivery.Sdk.Analysis.Reports.Charts;

/// <summary>A scale of relative changes that many drawings share. Immutable.</summary>
internal sealed class RelativeScale
{
    private const int MaxSteps = 7;
    private const int MaxWideSteps = 5;
    private const double Padding = 0.35;
    private const double FarAway = 2;

    private static readonly double[] Steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

    private RelativeScale(double step, int low, int high)
    {
        Ticks = [.. Enumerable.Range(low, high - low + 1).Select(tick => tick * step)];
        (Low, High) = ((low - Padding) * step, (high + Padding) * step);
    }

    /// <summary>The ticks, 0 among them.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>The change at the left or lower edge.</summary>
    public double Low { get; }

    /// <summary>The change at the right or upper edge.</summary>
    public double High { get; }

    /// <summary>
    /// Returns the smallest range of ticks that holds a share of the ends, all estimates that are not far beyond them, and at least ±10 %. Ends that are not
    /// finite do not count.
    /// </summary>
    public static RelativeScale Over(IEnumerable<double> ends, IEnumerable<double> estimates, double heldShare = 0.9)
    {
        var sorted = ends.Where(double.IsFinite).OrderBy(Math.Abs).ToList();
        var held = sorted.Take((int)Math.Ceiling(sorted.Count * heldShare)).Append(-0.1).Append(0.1).ToList();
        var reach = FarAway * held.Max(Math.Abs);
        held.AddRange(estimates.Where(estimate => Math.Abs(estimate) <= reach));
        var (min, max) = (held.Min(), held.Max());
        foreach (var step in Steps)
        {
            var (low, high) = (Math.Floor(min / step + 1e-9), Math.Ceiling(max / step - 1e-9));
            if (high - low <= (step < 1 ? MaxSteps : MaxWideSteps))
                return new(step, (int)low, (int)high);
        }

        return new(Steps[^1], -2, 3);
    }

    /// <summary>Returns the place of a change as a share of the width.</summary>
    public double Position(double change) => (change - Low) / (High - Low);

    /// <summary>Indicates whether a change can be drawn.</summary>
    public bool Holds(double change) => change >= Low && change <= High;
}
