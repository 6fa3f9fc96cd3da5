using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Overview;

/// <summary>Writes the sources in order, each with its last word.</summary>
internal static class SourceTable
{
    public static void Write(HtmlWriter html, ScreenContext page)
    {
        using (html.Card("Sources, in order", "sources", "The first is preferred. Each further one stands in for those before it."))
        {
            if (page.Diagnostics.Sources.Count == 0)
            {
                html.Element("p", "empty", "No source is configured: fallback values answer.");
                return;
            }

            using (html.Element("table", ("class", "stack")))
            {
                using (html.Element("thead"))
                using (html.Element("tr"))
                {
                    foreach (var title in new[] { "#", "Source", "State" })
                    {
                        using (html.Element("th", ("scope", "col")))
                            html.Text(title);
                    }
                }

                using (html.Element("tbody"))
                {
                    foreach (var source in page.Diagnostics.Sources)
                        WriteRow(html, page, source);
                }
            }
        }
    }

    private static void WriteRow(HtmlWriter html, ScreenContext page, SourceStatus source)
    {
        using (html.Element("tr"))
        {
            html.Element("td", "aside", Numbers.Count(source.Rank + 1));
            using (html.Element("td"))
            {
                html.Key(source.Name);
                using (html.Element("p", ("class", "note")))
                {
                    html.Name(source.Kind);
                    if (source.IsSigned)
                        html.Text(" · signed");
                }
            }

            using (html.Element("td"))
            {
                var (tone, word) = StateOf(source);
                html.State(tone, word);
                using (html.Element("p", ("class", "note")))
                    WriteLastWord(html, page, source);
            }
        }
    }

    private static (Tone Tone, string Word) StateOf(SourceStatus source) => source.State switch
    {
        SourceState.InUse => (Tone.Good, "In use"),
        SourceState.StandingBy or SourceState.NotTried => (Tone.None, "Standing by"),
        SourceState.Behind => (Tone.Warn, "Behind"),
        SourceState.Rejected => (Tone.Bad, "Rejected"),
        SourceState.Stopped => (Tone.Bad, "Stopped"),
        _ when source.Fault is { HttpStatus: { } status } => (Tone.Bad, $"Answers {status}"),
        _ when source.Fault?.Kind == FeatureClientFaultKind.Unreachable => (Tone.Bad, "Unreachable"),
        _ => (Tone.Bad, "Failing"),
    };

    private static void WriteLastWord(HtmlWriter html, ScreenContext page, SourceStatus source)
    {
        switch (source.State)
        {
            case SourceState.NotTried:
                html.Text("not tried since the start");
                break;
            case SourceState.Behind when source.Version is { } version:
                html.Text($"has {version}, we have {page.Status.SnapshotVersion}");
                break;
            case SourceState.InUse when source.LastConfirmed is { } confirmed:
                html.Text($"confirmed {Times.Age(page.Now - confirmed)} ago");
                break;
            default:
                WriteTried(html, page, source);
                break;
        }
    }

    private static void WriteTried(HtmlWriter html, ScreenContext page, SourceStatus source)
    {
        var separator = "";
        if (source.Fault is { } fault)
        {
            html.Name(FaultWords.Brief(fault.Message, source.Name), 400);
            separator = " · ";
        }

        if (source.LastTried is { } tried)
        {
            html.Text(separator + (source.Fault is null ? "last tried, with success: " : ""));
            html.Time(tried, page.Now);
            separator = " · ";
        }

        if (source.NextAttempt is not { } next)
            return;
        html.Text(separator + "next attempt ");
        html.Time(next, page.Now);
    }
}
