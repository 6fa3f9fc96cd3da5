namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Charts;

/// <summary>Draws the evidence of a guard over the outcomes: its line, the threshold dashed, an octagon where it tripped.</summary>
internal static class EvidenceChart
{
    private const double Height = 200;
    private const int MaxYTicks = 6;

    private static readonly int[] Factors = [1, 2, 5, 10];

    /// <summary>Draws the chart.</summary>
    /// <param name="html">The page.</param>
    /// <param name="guard">The guard, with at least one point.</param>
    /// <param name="slot">The mark of its variant.</param>
    public static void Write(HtmlWriter html, GuardStatus guard, int slot)
    {
        var points = guard.Evidence.Select(static point => (X: (double)point.Outcomes, Y: Evidence.Power(point.LogEvidence))).ToList();
        var threshold = Evidence.Power(guard.LogThreshold);
        var low = Math.Floor(Math.Min(0, points.Min(static point => point.Y)));
        var high = Math.Max(threshold, points.Max(static point => point.Y));
        var plot = new Plot(html, points[^1].X, Height, low, Math.Max(high, low + 1));
        plot.Draw(Sentence(guard), YTicks(low, high), XTicks(points[^1].X), $"outcomes of “{SafeText.Cut(guard.Variant, 40)}”", () => Area(html, guard, plot, points, threshold, slot));
    }

    /// <summary>Returns the chart in one sentence, with its conclusion.</summary>
    public static string Sentence(GuardStatus guard)
    {
        var threshold = Evidence.Text(guard.LogThreshold);
        return Trip(guard) is { } trip
            ? $"Evidence against {SafeText.Cut(guard.Variant, 40)}: crossed {threshold} at outcome {Numbers.Count(trip.Outcomes)}."
            : $"Evidence against {SafeText.Cut(guard.Variant, 40)}: {Evidence.Text(guard.LogEvidence)} after {Numbers.Count(guard.Outcomes)} outcomes; it trips at {threshold}.";
    }

    /// <summary>Returns the first point beyond the threshold of a guard that tripped; null for another.</summary>
    public static GuardEvidence? Trip(GuardStatus guard) => guard.Result == GuardResult.Bad ? guard.Evidence.FirstOrDefault(point => point.LogEvidence >= guard.LogThreshold) : null;

    private static void Area(HtmlWriter html, GuardStatus guard, Plot plot, List<(double X, double Y)> points, double threshold, int slot)
    {
        var y = plot.Y(threshold);
        html.Line("flags-limit", 0, y, 1, y);
        using (html.At(0, y))
            html.Label("flags-limit-label", "4", -6, "trips at " + Evidence.Text(guard.LogThreshold));
        using (html.Stretched(Height))
            VariantMark.Line(html, slot, plot.Curve(points));
        if (Trip(guard) is { } trip)
        {
            using (html.At(plot.X(trip.Outcomes), y, "bad"))
            using (html.Element("g", ("transform", "translate(-8 -8)")))
                Icon.Write(html, ("bad", "octagon"), "16");
        }
        else
        {
            using (html.At(plot.X(points[^1].X), plot.Y(points[^1].Y), "flags-halo"))
                VariantMark.Draw(html, slot);
        }
    }

    private static IEnumerable<(double Value, string Label)> YTicks(double low, double high)
    {
        var step = Math.Max(1, (int)Math.Ceiling((high - low) / MaxYTicks));
        for (var power = (int)Math.Ceiling(low / step) * step; power <= high; power += step)
            yield return (power, Evidence.PowerText(power));
    }

    private static IEnumerable<(double Value, string Label)> XTicks(double last)
    {
        yield return (0, "0");
        var size = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, last / 4))));
        var step = Factors.Select(factor => factor * size).First(step => last / step <= 5 || step >= 10 * size);
        for (var value = step; value < 0.88 * last; value += step)
            yield return (value, Numbers.Count((long)value));
        if (last > 0)
            yield return (last, Numbers.Count((long)last));
    }
}
