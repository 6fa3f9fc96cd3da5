using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>Writes where lines are that did not become events, in a closed part. Excerpts stay out of the page, since they may name a unit.</summary>
internal static class FaultsTable
{
    public static void Write(HtmlWriter html, IReadOnlyList<EventFault> faults)
    {
        if (faults.Count == 0)
            return;
        using (html.Element("details", ("class", "numbers")))
        {
            html.Element("summary", null, "The first lines that were not read");
            using (html.Element("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Table: lines that were not read")))
            using (html.Element("table", ("class", "days")))
            {
                using (html.Element("thead"))
                    Row(html, "th", "File and line", "Counted as", "Reason");
                using (html.Element("tbody"))
                {
                    foreach (var fault in faults)
                        Row(html, "td", $"{fault.File}:{fault.Line}", Words.Rule(fault.Rule), fault.Reason);
                }
            }
        }
    }

    private static void Row(HtmlWriter html, string cell, params string[] texts)
    {
        using (html.Element("tr"))
        {
            foreach (var text in texts)
            {
                using (html.Element(cell, cell == "th" ? [("scope", "col")] : []))
                    html.Name(text);
            }
        }
    }
}
