using ProgressiveDelivery.Sdk.Analysis.Reports.Charts;
using ProgressiveDelivery.Sdk.Analysis.Reports.Series;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>Writes what the days say: the change so far beside the units per day; while the traffic is not sound, the shares per day instead of the change.</summary>
internal sealed class DaysSection(HtmlWriter html, ExperimentReport report, ReportSeries series)
{
    private const double SmallHeight = 76;
    private const double BigHeight = 232;

    private readonly SharesByDay _shares = new(series);

    public void Write()
    {
        var isBroken = report.Verdict.Kind == VerdictKind.DoNotTrust;
        using (html.Element("div", ("class", report.Verdict.Kind == VerdictKind.NotReadYet ? "pair single" : "pair")))
        {
            if (isBroken)
                Broken();
            else if (report.ShowsEffects)
                Change();
            Units(withShares: !isBroken);
        }

        DayTables.Write(html, report, series);
    }

    private void Change()
    {
        var chart = new ChangeChart(html, report, series);
        using (html.Element("section", ("class", "card pad"), ("aria-labelledby", "change")))
        {
            using (html.Element("h2", ("id", "change")))
            {
                html.Name(report.Primary.Metric.Title);
                html.Text(": change so far");
            }

            if (chart.Effects.Count == 0 || series.IsEmpty)
            {
                html.Element("p", "empty", "No result by day yet: an interval needs more outcomes.");
                return;
            }

            html.Element("p", "sub", Caption(chart));
            Legend.Write(html, chart.Effects.Select(effect => (series.SlotOf(effect.Variant), report.TitleOf(effect.Variant),
                (string?)Numbers.Change(effect.ByDay.MaxBy(day => day.Key).Value.Estimate))));
            chart.Write();
        }
    }

    private string Caption(ChangeChart chart)
    {
        var band = report.Plan.Mode == AnalysisMode.Sequential ? "The band holds at every look." : "The band holds for the last day only.";
        var left = report.Primary.Effects.Count(effect => effect.ByDay.Count > 0) - chart.Effects.Count;
        var bands = chart.Bands.Count < chart.Effects.Count ? " It is drawn for the variant of the verdict." : "";
        return $"All days up to the one shown. {band}{bands}{(left > 0 ? $" {Words.Counted(left, "variant is", "variants are")} in the table only." : "")}";
    }

    private void Units(bool withShares)
    {
        using (html.Element("section", ("class", "card pad"), ("aria-labelledby", "units")))
        {
            using (html.Element("h2", ("id", "units")))
                html.Text(Words.Capitalized(report.Plan.UnitsName) + " per day");
            if (series.IsEmpty)
            {
                html.Element("p", "empty", $"No {report.Plan.UnitsName} yet.");
                return;
            }

            html.Element("p", "sub", $"New {report.Plan.UnitsName} on each day, stacked by variant.");
            SeriesLegend();
            new UnitsChart(html, series, report.Plan.UnitsName).Write(withShares ? 150 : BigHeight, withShares ? "" : "; " + ShareChart.Sentence(_shares.DaysOutside()));
            if (!withShares)
                return;
            html.Element("p", "sub gap", $"{ShareCaption()} Gray: what chance allows.");
            new ShareChart(html, series, _shares).Write(SmallHeight, 1, report.Traffic.SplitOffSince, Words.Capitalized(ShareChart.Sentence(_shares.DaysOutside())) + ".");
        }
    }

    private void Broken()
    {
        using (html.Element("section", ("class", "card pad"), ("aria-labelledby", "split")))
        {
            using (html.Element("h2", ("id", "split")))
                html.Text(report.Traffic.ShortVariant is null ? "Share of each variant" : "Where the split broke");
            if (series.IsEmpty)
            {
                html.Element("p", "empty", $"No {report.Plan.UnitsName} yet.");
                return;
            }

            html.Element("p", "sub", $"{ShareCaption()} Gray: what chance allows.");
            SeriesLegend();
            new ShareChart(html, series, _shares).Write(BigHeight, 3, report.Traffic.SplitOffSince, Words.Capitalized(ShareChart.Sentence(_shares.DaysOutside())) + ".");
        }
    }

    private void SeriesLegend() => Legend.Write(html, series.All.Select(one => (one.Slot, one.Label, (string?)null)));

    private string ShareCaption() => _shares.IsDifference
        ? "Share of each variant per day against its planned share, in points of percent."
        : $"Share of each variant per day; planned {Numbers.Level(_shares.Center)}.";
}
