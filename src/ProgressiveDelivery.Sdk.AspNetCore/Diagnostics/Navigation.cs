using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>Writes the navigation: a rail, and on a phone a bar of five at the bottom.</summary>
internal static class Navigation
{
    private static readonly (string Path, string Text)[] Entries =
        [("", "Overview"), ("flags", "Flags"), ("explain", "Explain"), ("history", "History"), ("experiments", "Experiments"), ("events", "Events"), ("audit", "Audit trail")];

    public static void Write(HtmlWriter html, ScreenContext page, Screen screen)
    {
        using (html.Element("nav", ("class", "rail"), ("aria-label", "Screens")))
        {
            foreach (var (path, text) in Entries)
            {
                using (html.Element("a", ("href", page.Link(path)), ("aria-current", path == screen.Entry ? "page" : null)))
                    html.Text(text);
            }
        }
    }
}
