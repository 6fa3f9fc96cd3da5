using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>Writes what departs from normal by an operator's act, on top of every screen until it ends: a hold, overrides. In Development without a policy it says so first.</summary>
internal static class Strips
{
    private const int MaxOverrides = 5;

    public static void Write(HtmlWriter html, ScreenContext page)
    {
        using (html.Element("aside", ("class", "strips"), ("id", "strips"), ("data-live", ""), ("aria-label", "In force by an operator")))
        {
            if (page.IsOpenToThisMachine)
                WriteOpen(html);
            if (page.Status.Control is not { } control)
                return;
            if (control.Hold is { } hold)
                WriteHold(html, page, hold);
            foreach (var one in control.Overrides.Take(MaxOverrides))
                WriteOverride(html, page, one);
            if (control.Overrides.Count > MaxOverrides)
                WriteFurther(html, page, control.Overrides.Count - MaxOverrides);
        }
    }

    private static void WriteOpen(HtmlWriter html)
    {
        using (html.Element("div", ("class", "strip warn")))
        {
            html.Icon(Tone.Warn);
            html.Element("p", null, "Open to this machine only (Development).");
        }
    }

    private static void WriteHold(HtmlWriter html, ScreenContext page, SnapshotHold hold)
    {
        using (html.Element("div", ("class", "strip hold")))
        {
            html.Icon(Tone.Hold);
            using (html.Element("p"))
            {
                html.Element("strong", null, $"Snapshot {hold.Version} is held");
                if (hold.IsAdoption)
                    html.Text(" by the bake time of this instance");
                else
                    WriteBy(html, hold);
                html.Text(" since ");
                html.Time(hold.Since, page.Now);
                html.Text($" ({Times.Age(page.Now - hold.Since)})");
                WriteUntil(html, page, hold.ExpiresAt, ", until ", ", until it is released");
                WriteReason(html, hold);
            }

            if (Waiting(page) is > 0 and var waiting)
                html.Element("p", "aside", waiting == 1 ? "1 newer snapshot waits" : $"{Numbers.Count(waiting)} newer snapshots wait");
            WriteButton(html, page, page.Link("history"), "See and release…");
        }
    }

    private static void WriteOverride(HtmlWriter html, ScreenContext page, FlagOverride one)
    {
        using (html.Element("div", ("class", "strip hold")))
        {
            html.Icon(Tone.Hold);
            using (html.Element("p"))
            {
                html.Key(one.Flag);
                html.Element("strong", null, " is overridden");
                html.Text(" to ");
                html.Chip(one.Variant);
                WriteBy(html, one);
                WriteUntil(html, page, one.ExpiresAt, " until ", " until it is removed");
                WriteReason(html, one);
                if (!one.HasEffect)
                    html.Text($" It has no effect: snapshot {page.Status.SnapshotVersion} lacks the flag or the variant, or the flag is quarantined.");
            }

            WriteButton(html, page, page.Link("flag", ("key", one.Flag)), "See and remove…");
        }
    }

    private static void WriteFurther(HtmlWriter html, ScreenContext page, int count)
    {
        using (html.Element("div", ("class", "strip hold")))
        {
            html.Icon(Tone.Hold);
            html.Element("p", null, count == 1 ? "1 more flag is overridden." : $"{Numbers.Count(count)} more flags are overridden.");
            WriteButton(html, page, page.Link("history"), "See and remove…");
        }
    }

    private static void WriteBy(HtmlWriter html, StandingAct act)
    {
        html.Text(" by ");
        html.Name(act.By);
    }

    private static void WriteUntil(HtmlWriter html, ScreenContext page, DateTimeOffset? end, string until, string forever)
    {
        html.Text(end is null ? forever : until);
        if (end is { } time)
            html.Time(time, page.Now);
        html.Text(".");
    }

    private static void WriteReason(HtmlWriter html, StandingAct act)
    {
        html.Text(" Reason: ");
        html.Name(act.Reason);
        if (act.Reason.TrimEnd() is [.., not ('.' or '!' or '?')])
            html.Text(".");
    }

    // A user who may not act is not led to believe that there is something to press.
    private static void WriteButton(HtmlWriter html, ScreenContext page, string link, string text)
    {
        using (html.Element("a", ("class", "button"), ("href", link)))
            html.Text(page.MayAct ? text : "See");
    }

    // The history is newest first.
    private static int Waiting(ScreenContext page) => page.Control.History.TakeWhile(static snapshot => !snapshot.IsInForce).Count();
}
