using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Analysis.Reports.Series;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Charts;

/// <summary>Draws the share of each variant per day over a gray band: what chance allows around the plan.</summary>
internal sealed class ShareChart(HtmlWriter html, ReportSeries series, SharesByDay shares)
{
    private static readonly double[] Steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

    /// <summary>Draws the chart.</summary>
    public void Write(double height, int ticksPerSide, DateOnly? offSince, string sentence)
    {
        var reach = 1.1 * Reach();
        var plot = new Plot(html, series.Days, height, shares.Center - reach, shares.Center + reach);
        var step = Steps.FirstOrDefault(step => reach / step < ticksPerSide + 1, Steps[^1]);
        var ticks = Enumerable.Range(-ticksPerSide, 2 * ticksPerSide + 1).Select(tick => tick * step).Where(offset => Math.Abs(offset) <= reach);
        plot.Draw(sentence, ticks.Select(offset => (shares.Center + offset, Label(shares.Center + offset))), () => Area(plot, offSince));
    }

    /// <summary>Writes the sentence about the shares: within chance, or the first day that is not.</summary>
    public static string Sentence(IReadOnlyList<DateOnly> outside) => outside.Count == 0
        ? "every share within chance"
        : $"shares outside chance on {Words.Counted(outside.Count, "day", "days")}, first on {Dates.Day(outside[0])}";

    private double Reach()
    {
        var values = Enumerable.Range(0, series.Days.Count).SelectMany(day =>
            series.All.Select(one => Math.Abs((shares.Value(one, day) ?? shares.Center) - shares.Center)).Concat(shares.Plans.Select(plan => shares.Chance(plan, day) ?? 0)));
        return Math.Clamp(values.DefaultIfEmpty(0).Max(), 0.002, 1);
    }

    private void Area(Plot plot, DateOnly? offSince)
    {
        using (html.Stretched(plot.Height))
        {
            foreach (var plan in shares.Plans)
            {
                var (above, below) = (Curve(plot, day => shares.Center + shares.Chance(plan, day)), Curve(plot, day => shares.Center - shares.Chance(plan, day), isReversed: true));
                html.Path("chance", above + below.Replace('M', 'L') + "Z");
            }

            foreach (var one in series.All)
                VariantMark.Line(html, one.Slot, Curve(plot, day => shares.Value(one, day)));
        }

        if (offSince is { } since && series.Days.ToList().IndexOf(since) is >= 0 and var index)
            Off(plot, index, since);
        foreach (var one in series.All)
            LastMark(plot, one);
    }

    private void Off(Plot plot, int index, DateOnly since)
    {
        // Between the last good day and the first bad one.
        var x = index == 0 ? 0 : (plot.X(index) + plot.X(index - 1)) / 2;
        html.Line("off", x, 0, x, plot.Height);
        using (html.At(x, 10))
            html.Label(x > 0.6 ? "off-label end" : "off-label", x > 0.6 ? "-6" : "6", 1, $"off since {Dates.Day(since)}");
    }

    private void LastMark(Plot plot, VariantSeries one)
    {
        for (var day = series.Days.Count - 1; day >= 0; day--)
        {
            if (shares.Value(one, day) is not { } value)
                continue;
            using (html.At(plot.X(day), plot.Y(value), "halo"))
                VariantMark.Draw(html, one.Slot);
            return;
        }
    }

    private string Curve(Plot plot, Func<int, double?> value, bool isReversed = false)
    {
        var path = new StringBuilder();
        for (var i = 0; i < series.Days.Count; i++)
        {
            var day = isReversed ? series.Days.Count - 1 - i : i;
            if (value(day) is { } number)
                path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? "M" : "L")}{plot.X(day) * 100:0.###} {plot.Y(number):0.##}");
        }

        return path.ToString();
    }

    private string Label(double value) => shares.IsDifference
        ? Numbers.Signed(value * 100, 1)
        : Numbers.Fixed(value * 100, 1) + "\u00A0%";
}
