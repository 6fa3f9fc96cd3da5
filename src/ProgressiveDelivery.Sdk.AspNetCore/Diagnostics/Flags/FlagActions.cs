using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Writes what a user who may act can do with a flag. Each is a link to a sheet that shows the effect first.</summary>
internal static class FlagActions
{
    /// <summary>Writes the actions at the right of a banner; nothing for a user who may not act.</summary>
    public static void WriteAside(HtmlWriter html, ScreenContext page, FlagView flag)
    {
        if (!page.MayAct)
            return;
        using (html.Element("div", ("class", "banner-aside flags-aside")))
        {
            html.Element("h3", null, "What you can do");
            Write(html, page, flag);
        }
    }

    /// <summary>Writes the actions.</summary>
    public static void Write(HtmlWriter html, ScreenContext page, FlagView flag)
    {
        if (!page.MayAct)
            return;
        using (html.Element("div", ("class", "flags-actions")))
        {
            if (flag.Trips.Count > 0 || flag.Ramps.Any(static ramp => ramp.IsPaused))
                Button(html, page.Link("act", ("do", "reset-guards"), ("flag", flag.Key)), flag.Trips.Count > 0 ? "Clear the guard…" : "Clear the pause…");
            if (flag.Override is not null)
                Button(html, page.Link("act", ("do", "remove-override"), ("flag", flag.Key)), "Remove the override…");
            Button(html, page.Link("act", ("do", "override"), ("flag", flag.Key)), flag.Override is null ? "Override…" : "Change the override…");
            if (flag is { Override: null, IsKilled: false, Reverted: null, Info.Defect: null })
                Button(html, page.Link("act", ("do", "kill"), ("flag", flag.Key)), "Kill…");
            if (page.Status.Control?.Hold is null or SnapshotHold { IsAdoption: true })
                Button(html, page.Link("act", ("do", "hold"), ("flag", flag.Key)), $"Hold {page.Snapshot.Version}…");
        }
    }

    private static void Button(HtmlWriter html, string link, string text)
    {
        using (html.Element("a", ("class", "button"), ("href", link)))
            html.Text(text);
    }
}
