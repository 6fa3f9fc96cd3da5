namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The hypothesis of a comparison: the treatment's chance of a bad outcome is at most ratio times the control's, and a margin. Immutable.</summary>
internal readonly record struct ComparisonNull
{
    private const int MaxSteps = 200;
    private const double Precision = 1e-15;

    /// <param name="ratio">The ratio, above 0.</param>
    /// <param name="margin">The margin, 0 or more and below 1.</param>
    public ComparisonNull(double ratio, double margin) => (Ratio, Margin) = (GuardArguments.Above(0, ratio, nameof(ratio)), GuardArguments.Margin(margin, nameof(margin)));

    public static ComparisonNull Default { get; } = new(1, 0);

    public double Ratio { get; }

    public double Margin { get; }

    private bool IsEquality => Ratio == 1 && Margin == 0;

    /// <summary>Returns the highest chance of the treatment that a control's chance allows; above 1 if each is allowed.</summary>
    public Chance EdgeAt(Chance control) => IsEquality ? control : Chance.Of((Ratio * control.Bad) + Margin);

    /// <summary>
    /// Returns the pair on the edge that is nearest to a pair beyond it, by the divergence of Kullback and Leibler over a block (Turner, Ly and Grünwald 2024, theorem 1).
    /// </summary>
    public (Chance Treatment, Chance Control) Nearest(BlockSizes sizes, Chance treatment, Chance control)
    {
        if (IsEquality)
        {
            var pooled = Pool(sizes, treatment, control);
            return (pooled, pooled);
        }

        var nearest = Chance.Of(Root(sizes, treatment.Bad, control.Bad));
        return (EdgeAt(nearest), nearest);
    }

    private static Chance Pool(BlockSizes sizes, Chance treatment, Chance control)
    {
        double all = sizes.Treatment + sizes.Control;
        return new(
            ((sizes.Treatment * treatment.Bad) + (sizes.Control * control.Bad)) / all,
            ((sizes.Treatment * treatment.Good) + (sizes.Control * control.Good)) / all);
    }

    // The slope of the divergence falls through 0 once between the control and the point that allows the treatment. Newton's steps, and a bisection where one leaves the bracket.
    private double Root(BlockSizes sizes, double treatment, double control)
    {
        var (low, high) = (control, Math.Min(1, (treatment - Margin) / Ratio));
        var point = ((sizes.Treatment * high) + (sizes.Control * low)) / (sizes.Treatment + sizes.Control);
        for (var i = 0; i < MaxSteps; i++)
        {
            var (slope, change) = Slope(sizes, treatment, control, point);
            if (slope > 0)
                low = point;
            else
                high = point;
            var next = point - (slope / change);
            if (!(next >= low && next <= high))
                next = low + ((high - low) / 2);
            var step = Math.Abs(next - point);
            point = next;
            if (step <= Precision * point)
                break;
        }

        return point;
    }

    private (double Slope, double Change) Slope(BlockSizes sizes, double treatment, double control, double point)
    {
        var (slope, change) = Slope(treatment, (Ratio * point) + Margin);
        var (controlSlope, controlChange) = Slope(control, point);
        return ((sizes.Treatment * Ratio * slope) + (sizes.Control * controlSlope), (sizes.Treatment * Ratio * Ratio * change) + (sizes.Control * controlChange));
    }

    // The derivative of p ln q + (1 - p) ln(1 - q) by q, and its own.
    private static (double Slope, double Change) Slope(double truth, double point)
    {
        var variance = point * (1 - point);
        var slope = (truth - point) / variance;
        return (slope, -(1 + (slope * (1 - (2 * point)))) / variance);
    }
}
