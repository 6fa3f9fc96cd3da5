using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>Writes the navigation: a rail, and on a phone a bar of five at the bottom.</summary>
internal static class Navigation
{
    private static readonly (string Path, string Text)[] Entries =
        [("", "Overview"), ("flags", "Flags"), ("explain", "Explain"), ("history", "History"), ("experiments", "Experiments"), ("events", "Events"), ("audit", "Audit trail")];

    private static readonly string[] InBar = ["", "flags", "history", "explain"];

    /// <summary>Writes all screens with their counts, and what runs here.</summary>
    public static void WriteRail(HtmlWriter html, ScreenContext page, Screen screen)
    {
        using (html.Element("nav", ("class", "rail"), ("id", "rail"), ("data-live", ""), ("aria-label", "Screens")))
        {
            foreach (var (path, text) in Entries)
                WriteLink(html, page, screen, path, text, CountOf(page, path));
            using (html.Element("p", ("class", "note")))
            {
                html.Text($"SDK {SdkVersion} · .NET {Environment.Version}");
                html.Empty("br");
                html.Text("started ");
                html.Time(page.Site.Started, page.Now);
            }
        }
    }

    /// <summary>Writes the bar: four screens, and the others behind "More".</summary>
    public static void WriteBar(HtmlWriter html, ScreenContext page, Screen screen)
    {
        using (html.Element("nav", ("class", "bar"), ("aria-label", "Screens, short")))
        {
            foreach (var path in InBar)
                WriteLink(html, page, screen, path, Entries.First(entry => entry.Path == path).Text, null);
            using (html.Element("details", ("class", "more")))
            {
                using (html.Element("summary", ("class", InBar.Contains(screen.Entry) ? null : "current")))
                    html.Text("More");
                using (html.Element("div", ("class", "more-links")))
                {
                    foreach (var (path, text) in Entries.Where(static entry => !InBar.Contains(entry.Path)))
                        WriteLink(html, page, screen, path, text, CountOf(page, path));
                }
            }
        }
    }

    private static string SdkVersion { get; } = VersionOf(typeof(IFeatureClient).Assembly);

    private static string VersionOf(System.Reflection.Assembly assembly) =>
        assembly.GetName().Version is { } version ? version.ToString(3) : "unknown";

    private static void WriteLink(HtmlWriter html, ScreenContext page, Screen screen, string path, string text, string? count)
    {
        using (html.Element("a", ("href", page.Link(path)), ("aria-current", path == screen.Entry ? "page" : null)))
        {
            html.Element("span", null, text);
            if (count is not null)
                html.Element("span", "count", count);
        }
    }

    private static string? CountOf(ScreenContext page, string path) => path switch
    {
        "flags" => Numbers.Count(page.Snapshot.Flags.Count),
        "history" => Numbers.Count(page.Control.History.Count),
        "experiments" => Numbers.Count(page.Snapshot.Flags.SelectMany(static flag => flag.Experiments).Distinct(StringComparer.Ordinal).Count()),
        "events" => page.Status.EventSinks.Count switch
        {
            0 => null,
            1 => "1 sink",
            var count => Numbers.Count(count) + " sinks",
        },
        _ => null,
    };
}
