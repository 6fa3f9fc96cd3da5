using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>Writes what departs from normal by an operator's act, on top of every screen until it ends: a hold, overrides.</summary>
internal static class Strips
{
    public static void Write(HtmlWriter html, ScreenContext page)
    {
        using (html.Element("aside", ("class", "strips"), ("id", "strips"), ("data-live", ""), ("aria-label", "In force by an operator")))
        {
            if (page.Status.Control?.Hold is { } hold)
                WriteHold(html, page, hold);
        }
    }

    private static void WriteHold(HtmlWriter html, ScreenContext page, Control.SnapshotHold hold)
    {
        using (html.Element("div", ("class", "strip hold")))
        {
            html.Icon(Tone.Hold);
            using (html.Element("p"))
            {
                html.Element("strong", null, $"Snapshot {hold.Version} is held");
                html.Text(" by ");
                html.Name(hold.By);
                html.Text(" since ");
                html.Time(hold.Since, page.Now);
            }
        }
    }
}
