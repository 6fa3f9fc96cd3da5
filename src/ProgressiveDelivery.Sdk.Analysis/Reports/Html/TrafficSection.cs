using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>Writes the checks of the traffic, which stand above every effect.</summary>
internal static class TrafficSection
{
    public static void Write(HtmlWriter html, TrafficReport traffic, IReadOnlyList<EventFault> faults)
    {
        using (html.Element("section", ("class", "card"), ("aria-labelledby", "traffic")))
        {
            using (html.Element("div", ("class", "card-head")))
            {
                using (html.Element("h2", ("id", "traffic")))
                    html.Text("Is the traffic sound?");
                using (html.Element("p", ("class", "answer")))
                {
                    Pill(html, traffic);
                    html.Text(" " + Words.TrafficAnswer(traffic));
                }
            }

            using (html.Element("ul", ("class", "checks")))
            {
                foreach (var check in traffic.Checks)
                    Check(html, check);
            }

            FaultsTable.Write(html, faults);
        }
    }

    private static void Pill(HtmlWriter html, TrafficReport traffic)
    {
        var icon = VerdictIcon.Of(traffic.Checks.Select(check => check.State).DefaultIfEmpty(TrafficState.Good).Max());
        using (html.Element("span", ("class", "pill " + icon.Tone)))
        {
            Icon.Write(html, icon, "16");
            html.Text(traffic.IsSound ? "Sound" : "Not sound");
        }
    }

    private static void Check(HtmlWriter html, TrafficCheck check)
    {
        using (html.Element("li"))
        {
            using (html.Element("h3"))
            {
                Icon.Write(html, VerdictIcon.Of(check.State), "18");
                using (html.Element("span"))
                {
                    html.Element("span", "unseen", check.State switch { TrafficState.Good => "Passed: ", TrafficState.Warn => "Warns: ", _ => "Failed: " });
                    html.Prose(check.Title);
                }
            }

            using (html.Element("p"))
                html.Prose(check.Text);
        }
    }
}
