using ProgressiveDelivery.Sdk.Analysis.Reports.Charts;
using ProgressiveDelivery.Sdk.Analysis.Reports.Series;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>Writes all numbers of all metrics as a plain table; on a phone each row becomes a card. Readings are left out while effects are not shown.</summary>
internal static class NumbersTable
{
    public static void Write(HtmlWriter html, ExperimentReport report)
    {
        string[] columns = ["Metric", "Variant", "Control", "Value", "Change", "Absolute", "p", .. report.ShowsEffects ? (string[])["Reading"] : []];
        using (html.Element("table", ("class", "plain"), ("role", "table"), ("aria-label", "All numbers")))
        {
            using (html.Element("thead", ("role", "rowgroup")))
            using (html.Element("tr", ("role", "row")))
            {
                foreach (var column in columns)
                {
                    using (html.Element("th", ("role", "columnheader"), ("scope", "col")))
                        html.Text(column);
                }
            }

            using (html.Element("tbody", ("role", "rowgroup")))
            {
                foreach (var metric in report.Metrics)
                {
                    foreach (var effect in metric.Effects)
                        Row(html, report, metric.Metric, effect);
                }
            }
        }
    }

    private static void Row(HtmlWriter html, ExperimentReport report, Metric metric, VariantEffect effect)
    {
        using (html.Element("tr", ("role", "row")))
        {
            Named(html, "Metric", metric.Title);
            Named(html, "Variant", report.TitleOf(effect.Variant));
            Cell(html, "Control", metric.Value(effect.ControlValue));
            Cell(html, "Value", metric.Value(effect.Value));
            Cell(html, "Change", effect.Relative is { } relative ? $"{Numbers.Change(relative.Estimate)} ({IntervalDrawing.Range(relative)}; {Numbers.Level(effect.Level)})" : Numbers.Missing, Words.Reason(report.Plan, report.Data, metric, effect));
            Cell(html, "Absolute", effect.Absolute is { } absolute ? $"{metric.Difference(absolute.Estimate)} ({metric.Difference(absolute.Low, withUnit: false)} to {metric.Difference(absolute.High, withUnit: false)})" : Numbers.Missing, Words.Reason(report.Plan, report.Data, metric, effect));
            Cell(html, "p", Numbers.P(effect.PValue) + (effect.AdjustedPValue is { } adjusted ? $"; adjusted {Numbers.P(adjusted)}" : ""));
            if (report.ShowsEffects)
                Cell(html, "Reading", Words.Reading(effect.Reading));
        }
    }

    private static void Named(HtmlWriter html, string label, string name)
    {
        using (html.Element("td", ("role", "cell"), ("data-label", label)))
            html.Name(name);
    }

    // A dash alone says nothing to a screen reader: the reason stands beside, unseen.
    private static void Cell(HtmlWriter html, string label, string text, string? reason = null)
    {
        using (html.Element("td", ("role", "cell"), ("data-label", label)))
        {
            html.Text(text);
            if (text == Numbers.Missing)
                html.Element("span", "unseen", " " + (reason ?? "does not exist"));
        }
    }
}
