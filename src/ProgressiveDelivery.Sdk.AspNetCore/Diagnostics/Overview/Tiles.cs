using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Overview;

/// <summary>Writes the four counts: flags, ramps, guards, events.</summary>
internal static class Tiles
{
    public static void Write(HtmlWriter html, ScreenContext page)
    {
        using (html.Element("dl", ("class", "card tiles"), ("id", "tiles"), ("data-live", "")))
        {
            WriteFlags(html, page);
            WriteRamps(html, page);
            WriteGuards(html, page);
            WriteEvents(html, page);
        }
    }

    private static void WriteFlags(HtmlWriter html, ScreenContext page)
    {
        var flags = page.Snapshot.Flags;
        var (quarantined, expired) = (flags.Count(static flag => flag.Defect is not null), flags.Count(flag => FlagView.ExpiryOf(flag) <= page.Now));
        string[] parts = [.. new[] { quarantined > 0 ? $"{Numbers.Count(quarantined)} quarantined" : "", expired > 0 ? $"{Numbers.Count(expired)} expired" : "" }.Where(static part => part.Length > 0)];
        Tile(html, "Flags", Numbers.Count(flags.Count), html => html.Text(parts.Length > 0 ? string.Join(" · ", parts) : "none quarantined or expired"));
    }

    private static void WriteRamps(HtmlWriter html, ScreenContext page)
    {
        var moving = page.Status.Ramps.Where(static ramp => !ramp.IsPaused && ramp.Next is not null).ToList();
        var stopped = page.Status.Ramps.Count(static ramp => ramp.IsPaused);
        Tile(html, "Ramps moving", Numbers.Count(moving.Count), html =>
        {
            if (stopped > 0)
            {
                html.Text($"{Numbers.Count(stopped)} stopped");
            }
            else if (moving.Where(static ramp => ramp.NextAt is not null).MinBy(static ramp => ramp.NextAt) is { } next)
            {
                html.Text("next: ");
                html.Name(next.Flag, 60);
                html.Text($" to {Numbers.Level((double)next.Next!.Value / 100)}, ");
                html.Time(next.NextAt!.Value, page.Now);
            }
            else
            {
                html.Text(moving.Count > 0 ? "wait for their guards" : "none has steps left");
            }
        });
    }

    private static void WriteGuards(HtmlWriter html, ScreenContext page)
    {
        var guards = page.Status.Guards;
        var (fine, bad) = (guards.Count(static guard => guard.Result == GuardResult.Fine), guards.Count(static guard => guard.Result == GuardResult.Bad));
        Tile(html, "Guards", guards.Count == 0 ? "0" : $"{Numbers.Count(fine)} of {Numbers.Count(guards.Count)}", html => html.Text(
            guards.Count == 0 ? "no flag has one" : bad > 0 ? $"fine · {Numbers.Count(bad)} bad" : fine == guards.Count ? "fine" : "fine · the others have too little data"));
    }

    private static void WriteEvents(HtmlWriter html, ScreenContext page)
    {
        var sinks = page.Status.EventSinks;
        var (lost, spilled, queued) = (sinks.Sum(static sink => sink.Lost), sinks.Sum(static sink => sink.Spilled), sinks.Sum(static sink => sink.Queued));
        Tile(html, "Events lost", Numbers.Count(lost), html => html.Text(
            sinks.Count == 0 ? "no sink takes events" : spilled > 0 ? $"{Numbers.Count(spilled)} on disk" : queued > 0 ? $"{Numbers.Count(queued)} queued" : "since the start"));
    }

    private static void Tile(HtmlWriter html, string name, string figure, Action<HtmlWriter> note)
    {
        using (html.Element("div"))
        {
            html.Element("dt", null, name);
            html.Element("dd", "figure", figure);
            using (html.Element("dd", ("class", "sub")))
                note(html);
        }
    }
}
