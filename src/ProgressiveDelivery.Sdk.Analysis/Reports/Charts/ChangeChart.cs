using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Analysis.Reports.Html;
using ProgressiveDelivery.Sdk.Analysis.Reports.Series;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Charts;

/// <summary>Draws the change of the primary metric so far, day by day, with its band. Values outside of the axis are clipped.</summary>
internal sealed class ChangeChart(HtmlWriter html, ExperimentReport report, ReportSeries series)
{
    private const double PlotHeight = 320;
    private const int MaxBands = 2;

    /// <summary>The effects that are drawn: those with a result on some day that are not folded.</summary>
    public IReadOnlyList<VariantEffect> Effects { get; } = [.. report.Primary.Effects.Where(effect => effect.ByDay.Count > 0 && !series.IsFolded(effect.Variant))];

    /// <summary>The effects that get a band; with many variants only the one that the verdict is about, since bands would cover each other.</summary>
    public IReadOnlyList<VariantEffect> Bands => Effects.Count <= MaxBands ? Effects : [.. Effects.Where(effect => effect.Variant == (report.Featured() ?? Effects[0]).Variant)];

    /// <summary>Draws the chart.</summary>
    public void Write()
    {
        var ends = Bands.SelectMany(effect => effect.ByDay.Values).SelectMany(interval => new[] { interval.Low, interval.High });
        var scale = RelativeScale.Over(ends, Effects.SelectMany(effect => effect.ByDay.Values).Select(interval => interval.Estimate), heldShare: 0.85);
        var plot = new Plot(html, series.Days, PlotHeight, scale.Low, scale.High);
        plot.Draw(Sentence(), scale.Ticks.Select(tick => (tick, tick == 0 ? "0" : Numbers.Signed(tick * 100, 0) + "\u00A0%")), () => Area(plot, scale));
    }

    private void Area(Plot plot, RelativeScale scale)
    {
        using (html.Stretched(PlotHeight))
        {
            foreach (var effect in Bands)
                Band(plot, effect);
            foreach (var effect in Effects)
            {
                foreach (var run in Runs(effect))
                    VariantMark.Line(html, series.SlotOf(effect.Variant), Points(plot, run, interval => interval.Estimate, "M"));
            }
        }

        Sure(plot);
        foreach (var effect in Effects)
        {
            var (day, last) = Runs(effect)[^1][^1];
            if (!scale.Holds(last.Estimate))
                continue;
            using (html.At(plot.X(day), plot.Y(last.Estimate), "halo"))
                VariantMark.Draw(html, series.SlotOf(effect.Variant));
        }
    }

    private void Band(Plot plot, VariantEffect effect)
    {
        var slot = VariantMark.Digit(series.SlotOf(effect.Variant));
        foreach (var run in Runs(effect))
        {
            // A single day has no width; it gets that of a thin column.
            IReadOnlyList<(int, Interval)> shape = run;
            var (above, below) = (Points(plot, shape, interval => interval.High, "M"), Points(plot, [.. shape.Reverse()], interval => interval.Low, "L"));
            html.Path("band f" + slot, above + below + "Z");
            html.Path("edge s" + slot, above);
            html.Path("edge s" + slot, Points(plot, shape, interval => interval.Low, "M"));
            if (run.Count == 1)
                html.Path("edge s" + slot, above + below);
        }
    }

    private void Sure(Plot plot)
    {
        if (report.Plan.Mode != AnalysisMode.Sequential || report.Featured()?.SureSince() is not { } sure || !Effects.Contains(report.Featured()))
            return;
        var index = series.Days.ToList().IndexOf(sure.Day);
        if (index < 0)
            return;
        var x = plot.X(index);
        using var tone = html.Element("g", ("class", VerdictIcon.Of(report.Featured()!.Reading).Tone));
        html.Line("since", x, 0, x, PlotHeight);
        using (html.At(x, 10))
            html.Label(x > 0.5 ? "mark-label end" : "mark-label", x > 0.5 ? "-6" : "6", 1, SureText(sure));
    }

    private static string SureText((DateOnly Day, bool IsSince) sure) => $"{(sure.IsSince ? "sure since" : "first sure on")} {Dates.Day(sure.Day)}";

    private string Sentence() => string.Join(" ", Effects.Select(effect =>
    {
        var days = effect.ByDay.OrderBy(day => day.Key).ToList();
        var sure = report.Plan.Mode == AnalysisMode.Sequential ? effect.SureSince() : null;
        var end = sure is not { } since ? "" : since.IsSince ? $"; the band excludes 0 since {Dates.Day(since.Day)}" : $"; the band first excluded 0 on {Dates.Day(since.Day)}";
        return $"{report.Primary.Metric.Title}, {SafeText.Cut(report.TitleOf(effect.Variant))}: from {Numbers.Change(days[0].Value.Estimate)} on {Dates.Day(days[0].Key)}"
            + $" to {Numbers.Change(days[^1].Value.Estimate)} on {Dates.Day(days[^1].Key)}{end}.";
    }));

    private List<List<(int Day, Interval Value)>> Runs(VariantEffect effect)
    {
        var runs = new List<List<(int, Interval)>>();
        var isOpen = false;
        for (var day = 0; day < series.Days.Count; day++)
        {
            var has = effect.ByDay.TryGetValue(series.Days[day], out var interval);
            if (has && !isOpen)
                runs.Add([]);
            if (has)
                runs[^1].Add((day, interval!));
            isOpen = has;
        }

        return runs;
    }

    private static string Points(Plot plot, IReadOnlyList<(int Day, Interval Value)> run, Func<Interval, double> value, string first)
    {
        var path = new StringBuilder();
        foreach (var (day, interval) in run)
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? first : "L")}{plot.X(day) * 100:0.###} {plot.Y(value(interval)):0.##}");
        return path.ToString();
    }
}
