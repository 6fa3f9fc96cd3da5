using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>Writes the verdict: a sentence, what it rests on, and what to do next.</summary>
internal static class VerdictBanner
{
    // A headline has one or two names in it.
    private const int MaxHeadlineLength = 300;

    public static void Write(HtmlWriter html, ExperimentReport report)
    {
        var verdict = report.Verdict;
        var icon = VerdictIcon.Of(verdict.Kind);
        using (html.Element("section", ("id", "verdict"), ("class", "banner " + icon.Tone), ("aria-labelledby", "headline"), ("tabindex", "-1")))
        {
            Icon.Write(html, icon, "40");
            using (html.Element("div", ("class", "says")))
            {
                using (html.Element("h2", ("id", "headline")))
                    Headline(html, verdict.Headline);
                using (html.Element("p", ("class", "lead")))
                    html.Prose(verdict.Line);
                foreach (var warning in verdict.Warnings)
                {
                    using (html.Element("p", ("class", "also")))
                        html.Prose(warning);
                }
            }

            if (verdict.NextSteps.Count > 0)
                NextSteps(html, verdict.NextSteps);
        }
    }

    private static void Headline(HtmlWriter html, string headline)
    {
        if (headline.Length > MaxHeadlineLength)
            html.Name(headline, MaxHeadlineLength);
        else
            html.Prose(headline);
    }

    private static void NextSteps(HtmlWriter html, IReadOnlyList<string> steps)
    {
        using (html.Element("div", ("class", "next")))
        {
            html.Element("h3", null, "What to do next");
            using (html.Element("ol"))
            {
                foreach (var step in steps)
                {
                    using (html.Element("li"))
                        html.Prose(step);
                }
            }
        }
    }
}
