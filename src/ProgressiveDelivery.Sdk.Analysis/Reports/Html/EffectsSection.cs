using ProgressiveDelivery.Sdk.Analysis.Reports.Series;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>Writes what changed; while effects are not shown, the reason instead. Not before the end of a fixed-horizon experiment even on request.</summary>
internal static class EffectsSection
{
    public static void Write(HtmlWriter html, ExperimentReport report, ReportSeries series)
    {
        using (html.Element("section", ("class", "card"), ("aria-labelledby", "effects")))
        {
            using (html.Element("div", ("class", "card-head")))
            {
                using (html.Element("div"))
                {
                    using (html.Element("h2", ("id", "effects")))
                        html.Text("What changed");
                    using (html.Element("p", ("class", "sub")))
                        Subtitle(html, report);
                }

                if (report.ShowsEffects)
                    Legend.Write(html, series.All.Select(one => (one.Slot, one.Label, (string?)null)));
            }

            if (report.ShowsEffects)
                new EffectsTable(html, report, series).Write();
            if (report.Verdict.Kind != VerdictKind.NotReadYet)
                Numbers(html, report);
        }
    }

    private static void Subtitle(HtmlWriter html, ExperimentReport report)
    {
        if (!report.ShowsEffects)
        {
            html.Text(Words.Hidden(report));
            return;
        }

        html.Text("Change against “");
        html.Name(report.Plan.Control.Title);
        html.Text($"”, with {Levels(report)} intervals {(report.Plan.Mode == AnalysisMode.Sequential ? "that hold at every look" : "for one look at the end")}.");
    }

    // The intervals of the primary metric may be wider than the others.
    private static string Levels(ExperimentReport report)
    {
        var primary = report.Primary.Effects.Select(effect => effect.Level).FirstOrDefault(level => level > 0);
        var (nominal, own) = (Pages.Numbers.Level(1 - report.Plan.Alpha), Pages.Numbers.Level(primary));
        return primary == 0 || own == nominal ? nominal : $"{nominal} (primary: {own} for {Words.Counted(report.Primary.Effects.Count + 1, "variant", "variants")})";
    }

    private static void Numbers(HtmlWriter html, ExperimentReport report)
    {
        using (html.Element("details", ("class", report.ShowsEffects ? "numbers" : "numbers withheld")))
        {
            html.Element("summary", null, report.ShowsEffects ? "All numbers as a table" : "Show them anyway");
            NumbersTable.Write(html, report);
        }
    }
}
