using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

/// <summary>The event pipeline: for each sink what was accepted, waits, was delivered and was lost, and why.</summary>
internal sealed class EventsScreen : Screen
{
    public override string Path => "events";

    public override string Title(ScreenContext page) => "Events";

    public override void Write(HtmlWriter html, ScreenContext page)
    {
        html.Element("h1", null, Title(page));
        using (html.Element("div", ("id", "sinks"), ("data-live", "")))
        {
            var sinks = page.Status.EventSinks;
            if (sinks.Count == 0)
                html.Element("p", "card empty", "No sink takes events. Exposures and outcomes are not recorded.");
            foreach (var sink in sinks)
                WriteSink(html, page, sink);
        }

        WriteLosses(html, page);
    }

    private static void WriteSink(HtmlWriter html, ScreenContext page, EventSinkStatus sink)
    {
        using (html.Element("section", ("class", "card sink")))
        {
            using (html.Element("div", ("class", "card-head")))
            {
                using (html.Element("h2"))
                    html.Name(sink.Sink);
                WriteState(html, page, sink);
            }

            using (html.Element("div", ("class", "flow")))
            {
                WriteBox(html, null, "Accepted since the start", sink.Sent + sink.Lost + sink.Queued);
                WriteArrow(html);
                WriteBox(html, null, "Queued now", sink.Queued);
                WriteArrow(html);
                WriteBox(html, null, "Delivered", sink.Sent);
                WriteBox(html, sink.Lost > 0 ? "lost" : null, sink.Lost > 0 ? "Lost, each counted below" : "Lost", sink.Lost);
            }

            using (html.Element("div", ("class", "card-body")))
            {
                WriteBalance(html, sink);
                WriteDetails(html, sink);
            }
        }
    }

    private static void WriteState(HtmlWriter html, ScreenContext page, EventSinkStatus sink)
    {
        if (sink.Fault is null && sink.SpillFault is null)
        {
            html.Badge(Tone.Good, "Working");
            return;
        }

        using (html.Element("div", ("class", "from-to")))
        {
            html.Badge(Tone.Warn, sink.Fault is null ? "Spill failing" : "Failing");
            if (sink.FailingSince is { } since)
            {
                html.Text("since ");
                html.Time(since, page.Now);
                html.Text($" ({Times.Duration(page.Now - since)})");
            }
        }
    }

    private static void WriteBox(HtmlWriter html, string? cssClass, string name, long count)
    {
        using (html.Element("div", ("class", cssClass)))
        {
            html.Element("p", "note", name);
            html.Element("p", "figure", Numbers.Count(count));
        }
    }

    private static void WriteArrow(HtmlWriter html)
    {
        using (html.Element("span", ("class", "arrow"), ("aria-hidden", "true")))
            html.Text("→");
    }

    // Accepted is the sum of the three; what can be wrong is a loss without a cause.
    private static void WriteBalance(HtmlWriter html, EventSinkStatus sink)
    {
        var counted = sink.LostByCause.Values.Sum();
        using (html.Element("p", ("class", "sub")))
        {
            if (counted == sink.Lost)
                html.State(Tone.Good, "Counts balance");
            else
                html.State(Tone.Warn, "Counts do not balance");
            html.Text(counted == sink.Lost ? ": accepted = queued + delivered + lost." : $": {Numbers.Count(sink.Lost)} were lost, and {Numbers.Count(counted)} have a cause. Load the page again; if it stays so, report it.");
        }
    }

    private static void WriteDetails(HtmlWriter html, EventSinkStatus sink)
    {
        foreach (var fault in new[] { sink.Fault, sink.SpillFault })
        {
            if (fault is null)
                continue;
            using (html.Element("p"))
                html.Name(fault, 1000);
        }

        if (sink.Spilled > 0 || sink.SpilledBytes > 0)
            html.Element("p", "sub", $"{Numbers.Count(sink.Spilled)} of the queued are on disk, in {Numbers.Count((sink.SpilledBytes + 1023) / 1024)}\u00A0kB.");
        if (sink.Recovered > 0)
            html.Element("p", "sub", $"{Numbers.Count(sink.Recovered)} were left by an earlier run, and read back.");
        if (sink.Aggregated > 0)
            html.Element("p", "sub", $"{Numbers.Count(sink.Aggregated)} became part of a count, because the queue was full.");
        if (sink.Deferred > 0)
            html.Element("p", "sub", $"{Numbers.Count(sink.Deferred)} times an exposure found no room. It is offered again at the unit's next evaluation.");
    }

    private static void WriteLosses(HtmlWriter html, ScreenContext page)
    {
        using (html.Card("Losses, by reason", "losses"))
        {
            var losses = page.Status.EventSinks.SelectMany(static sink => sink.LostByCause.Select(loss => (sink.Sink, Cause: loss.Key, Count: loss.Value))).Where(static loss => loss.Count > 0).OrderByDescending(static loss => loss.Count).ToList();
            if (losses.Count == 0)
            {
                html.Element("p", "empty", "No event was lost since the start.");
                return;
            }

            using (html.Element("table", ("class", "stack")))
            {
                using (html.Element("thead"))
                using (html.Element("tr"))
                {
                    Head(html, null, "Sink");
                    Head(html, null, "Why");
                    Head(html, "number", "Events");
                }

                using (html.Element("tbody"))
                {
                    foreach (var (sink, cause, count) in losses)
                        WriteLoss(html, sink, cause, count);
                }
            }
        }
    }

    private static void Head(HtmlWriter html, string? cssClass, string text)
    {
        using (html.Element("th", ("scope", "col"), ("class", cssClass)))
            html.Text(text);
    }

    private static void WriteLoss(HtmlWriter html, string sink, EventLossCause cause, long count)
    {
        using (html.Element("tr"))
        {
            using (html.Element("td"))
                html.Name(sink);
            html.Element("td", null, Why(cause));
            using (html.Element("td", ("class", "number"), ("data-label", "Events")))
                html.Element("strong", null, Numbers.Count(count));
        }
    }

    private static string Why(EventLossCause cause) => cause switch
    {
        EventLossCause.Capacity => "The queue was full, and so was its table of counts. Raise the capacity, or set a SpillFolder.",
        EventLossCause.TooLarge => "The sink does not take so large an event, even alone.",
        EventLossCause.Invalid => "The sink refused the batch for good, or the value was not a finite number. Not tried again.",
        EventLossCause.Expired => "The batch could not be delivered within MaxRetryTime.",
        EventLossCause.Shutdown => "Shutdown: the last flush passed its deadline.",
        EventLossCause.Closed => "The event came after the client had ended.",
        EventLossCause.Disk => "The event was on disk, and its line is torn, damaged or gone; or the disk did not take it.",
        _ => cause.ToString(),
    };
}
