using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>Writes the methods, for the statistician; on paper they are a page of their own.</summary>
internal static class MethodSection
{
    public static void Write(HtmlWriter html, ExperimentReport report)
    {
        if (report.Method.Count == 0)
            return;
        using (html.Element("section", ("class", "card pad method"), ("aria-labelledby", "method")))
        {
            using (html.Element("h2", ("id", "method")))
            {
                html.Text("Method");
                html.Element("span", "aside", " · for the statistician");
            }

            using (html.Element("div", ("class", "notes")))
            {
                foreach (var note in report.Method)
                {
                    using (html.Element("p"))
                    {
                        html.Element("strong", null, note.Title + ".");
                        html.Text(" ");
                        html.Prose(note.Text);
                    }
                }
            }
        }
    }
}
