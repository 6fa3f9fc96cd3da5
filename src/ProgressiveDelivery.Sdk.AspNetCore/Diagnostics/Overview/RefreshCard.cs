using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Overview;

/// <summary>Draws the last 40 refreshes, and lists the newest and what was no plain confirmation.</summary>
internal static class RefreshCard
{
    private const int MaxDrawn = 40;
    private const int MaxListed = 6;
    private const double Base = 40;

    public static void Write(HtmlWriter html, ScreenContext page)
    {
        using (html.Card("Last refreshes", "refreshes", aside: $"last {MaxDrawn}, newest right"))
        {
            var all = page.Diagnostics.Refreshes.TakeLast(MaxDrawn).ToList();
            if (all.Count == 0)
            {
                html.Element("p", "empty", "No source has answered yet.");
                return;
            }

            using (html.Element("div", ("class", "card-body")))
            {
                Draw(html, all);
                WriteLegend(html);
                WriteList(html, page, Listed(all));
            }
        }
    }

    // What repeats is said in full once, the newest time.
    private static void WriteList(HtmlWriter html, ScreenContext page, IEnumerable<RefreshRecord> refreshes)
    {
        var said = new HashSet<(string, string?)>();
        using (html.Element("ul", ("class", "rows")))
        {
            foreach (var one in refreshes)
                WriteRow(html, page, said.Add((one.Source, one.Message)) ? one : one with { Message = null });
        }
    }

    // A stream of confirmations must not push out of the list what happened before.
    private static IEnumerable<RefreshRecord> Listed(List<RefreshRecord> all)
    {
        var newestFirst = Enumerable.Reverse(all).ToList();
        return newestFirst.Where((one, index) => index < 2 || one.Outcome != RefreshOutcome.Confirmed).Concat(newestFirst.Skip(2).Where(static one => one.Outcome == RefreshOutcome.Confirmed))
            .Take(MaxListed).OrderByDescending(static one => one.At);
    }

    private static void Draw(HtmlWriter html, List<RefreshRecord> all)
    {
        using (html.Element("svg", ("class", "refreshes"), ("role", "img"), ("aria-label", Sentence(all))))
        {
            html.Line("base", 0, Base + 1, 1, Base + 1);
            for (var i = 0; i < all.Count; i++)
            {
                using (html.At((i + MaxDrawn - all.Count) / (double)MaxDrawn, Base))
                    DrawOne(html, all[i].Outcome);
            }
        }
    }

    private static string Sentence(List<RefreshRecord> all) => string.Join(", ", new[]
    {
        (RefreshOutcome.Confirmed, "confirmed"), (RefreshOutcome.Accepted, "new"), (RefreshOutcome.Killed, "killed"),
        (RefreshOutcome.Rejected, "rejected"), (RefreshOutcome.Behind, "behind"), (RefreshOutcome.Failed, "failed"),
    }.Select(kind => (Count: all.Count(one => one.Outcome == kind.Item1), kind.Item2)).Where(static kind => kind.Count > 0).Select(static kind => $"{Numbers.Count(kind.Count)} {kind.Item2}")) + ".";

    private static void DrawOne(HtmlWriter html, RefreshOutcome outcome)
    {
        switch (outcome)
        {
            case RefreshOutcome.Confirmed: html.Empty("rect", ("class", "same"), ("y", "-13"), ("width", "7"), ("height", "13"), ("rx", "1.5")); break;
            case RefreshOutcome.Accepted or RefreshOutcome.Killed: html.Empty("rect", ("class", "new"), ("y", "-36"), ("width", "7"), ("height", "36"), ("rx", "1.5")); break;
            case RefreshOutcome.Rejected:
                html.Empty("rect", ("class", "refused"), ("x", "0.5"), ("y", "-36"), ("width", "7"), ("height", "35"), ("rx", "1.5"));
                html.Empty("path", ("class", "refused"), ("d", "M1.8-20.7l4.4 4.4M6.2-20.7l-4.4 4.4"));
                break;
            case RefreshOutcome.Behind: html.Empty("path", ("class", "behind"), ("d", "M4-10L8-1.5H0Z")); break;
            default: html.Empty("path", ("class", "failed"), ("d", "M0.5-9.5l6.5 6.5M7-9.5l-6.5 6.5")); break;
        }
    }

    private static void DrawKey(HtmlWriter html, RefreshOutcome outcome)
    {
        if (outcome == RefreshOutcome.Accepted)
            html.Empty("rect", ("class", "new"), ("x", "1"), ("y", "-14"), ("width", "6"), ("height", "14"), ("rx", "1.5"));
        else if (outcome == RefreshOutcome.Rejected)
            html.Empty("rect", ("class", "refused"), ("x", "1"), ("y", "-13"), ("width", "6"), ("height", "12"), ("rx", "1.5"));
        else if (outcome == RefreshOutcome.Confirmed)
            html.Empty("rect", ("class", "same"), ("y", "-7"), ("width", "7"), ("height", "7"), ("rx", "1.5"));
        else
            DrawOne(html, outcome);
    }

    private static void WriteLegend(HtmlWriter html)
    {
        using (html.Element("p", ("class", "legend"), ("aria-hidden", "true")))
        {
            foreach (var (outcome, name) in new[]
            {
                (RefreshOutcome.Confirmed, "confirmed"), (RefreshOutcome.Accepted, "new snapshot or kill"), (RefreshOutcome.Rejected, "rejected"), (RefreshOutcome.Behind, "behind"), (RefreshOutcome.Failed, "failed"),
            })
            {
                using (html.Element("span"))
                {
                    using (html.Element("svg", ("class", "key"), ("width", "8"), ("height", "14"), ("viewBox", "0 -14 8 14")))
                        DrawKey(html, outcome);
                    html.Text(name);
                }
            }
        }
    }

    private static void WriteRow(HtmlWriter html, ScreenContext page, RefreshRecord one)
    {
        using (html.Element("li"))
        {
            using (html.Element("span", ("class", "when")))
                html.Time(one.At, page.Now);
            using (html.Element("span", ("class", "said")))
            {
                html.Icon(ToneOf(one.Outcome), 16);
                using (html.Element("span"))
                    WriteWords(html, one);
            }

            html.Element("span", "took", Times.Duration(one.Duration));
        }
    }

    private static Tone ToneOf(RefreshOutcome outcome) => outcome switch
    {
        RefreshOutcome.Confirmed => new("none", "check"),
        RefreshOutcome.Accepted => new("hold", "check"),
        RefreshOutcome.Killed => new("hold", "octagon"),
        RefreshOutcome.Behind => Tone.Warn,
        _ => Tone.Bad,
    };

    private static void WriteWords(HtmlWriter html, RefreshRecord one)
    {
        var version = one.Version is { } number ? $"snapshot {number}" : "a snapshot";
        html.Text(one.Outcome switch
        {
            RefreshOutcome.Confirmed => "confirmed",
            RefreshOutcome.Accepted => version + " accepted",
            RefreshOutcome.Killed => "a kill was obeyed",
            RefreshOutcome.Rejected => version + " rejected",
            RefreshOutcome.Behind => version + " is behind",
            _ => "failed",
        });
        html.Text(" · ");
        html.Name(one.Source, 100);
        if (one.Message is not { } message)
            return;
        html.Text(": ");
        html.Name(FaultWords.Brief(message, one.Source), 300);
    }
}
