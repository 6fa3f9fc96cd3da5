using ProgressiveDelivery.Sdk.Analysis.Reports.Series;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>Writes the facts under the verdict: at most four figures, each with a note.</summary>
internal static class FactsSection
{
    public static void Write(HtmlWriter html, ExperimentReport report)
    {
        using (html.Element("section", ("class", "card"), ("aria-label", "The figures in short")))
        using (html.Element("dl", ("class", "facts")))
        {
            foreach (var fact in Fact.Of(report))
            {
                using (html.Element("div"))
                {
                    using (html.Element("dt"))
                        html.Name(fact.Label);
                    html.Element("dd", "figure", fact.Figure);
                    html.Element("dd", "note", fact.Note);
                }
            }
        }
    }
}
