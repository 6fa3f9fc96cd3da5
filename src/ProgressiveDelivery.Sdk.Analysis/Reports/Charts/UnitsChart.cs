using ProgressiveDelivery.Sdk.Analysis.Reports.Series;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Charts;

/// <summary>Draws the units of each day as stacked columns, the control at the bottom.</summary>
internal sealed class UnitsChart(HtmlWriter html, ReportSeries series, string unitsName)
{
    private const double Gap = 0.14;
    private const int MaxTicks = 4;
    private const int MaxWideColumns = 40;

    /// <summary>Draws the chart.</summary>
    public void Write(double height, string shares)
    {
        var (min, max) = (series.TotalsByDay.Min(), series.TotalsByDay.Max());
        var step = Step(max);
        var plot = new Plot(html, series.Days, height, 0, max);
        var range = min == max ? Numbers.Count(max) : $"{Numbers.Count(min)} to {Numbers.Count(max)}";
        plot.Draw(
            $"{range} {unitsName} a day{shares}.",
            Enumerable.Range(0, (int)(max / step) + 1).Select(tick => ((double)(tick * step), Numbers.Count(tick * step))),
            () => Columns(plot));
    }

    private void Columns(Plot plot)
    {
        var width = Shapes.Percent((1 - Gap) / series.Days.Count);
        var cssClass = series.Days.Count > MaxWideColumns ? "column thin f" : "column f";
        for (var day = 0; day < series.Days.Count; day++)
        {
            var x = Shapes.Percent((day + Gap / 2) / series.Days.Count);
            long below = 0;
            foreach (var one in series.All.Where(one => one.UnitsByDay[day] > 0))
            {
                var (bottom, top) = (plot.Y(below), plot.Y(below + one.UnitsByDay[day]));
                html.Empty("rect", ("class", cssClass + VariantMark.Digit(one.Slot)), ("x", x), ("y", Shapes.Px(top)), ("width", width), ("height", Shapes.Px(bottom - top)));
                below += one.UnitsByDay[day];
            }
        }

        html.Line("zero", 0, plot.Y(0), 1, plot.Y(0));
    }

    private static long Step(long max)
    {
        for (long power = 1; ; power *= 10)
        {
            foreach (var factor in (ReadOnlySpan<long>)[1, 2, 5])
            {
                if (max / (factor * power) <= MaxTicks)
                    return factor * power;
            }
        }
    }
}
