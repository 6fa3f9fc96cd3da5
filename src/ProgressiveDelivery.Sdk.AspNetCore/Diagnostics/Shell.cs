using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>Writes a whole document around a screen: header, strips of what departs from normal, navigation, style and script.</summary>
internal static class Shell
{
    // Without an icon of its own, a browser asks the application for /favicon.ico.
    private const string NoIcon = "<link rel=\"icon\" href=\"data:,\"/>";

    public static void Write(TextWriter output, ScreenContext page, Screen screen)
    {
        output.Write("<!DOCTYPE html>\n");
        var html = new HtmlWriter(output, isServed: true);
        using (html.Element("html", ("lang", "en")))
        {
            WriteHead(output, html, page, screen);
            using (html.Element("body", ("data-stream", page.Link("stream")), ("data-flags", page.Link("flags"))))
            {
                using (html.Element("a", ("class", "skip"), ("href", "#main")))
                    html.Text("To the content");
                WriteHeader(html, page);
                Strips.Write(html, page);
                using (html.Element("div", ("class", "frame")))
                {
                    Navigation.WriteRail(html, page, screen);
                    using (html.Element("main", ("id", "main"), ("tabindex", "-1")))
                        screen.Write(html, page);
                }

                Navigation.WriteBar(html, page, screen);
                // The script says here what changed, rarely; screen readers read it out.
                html.Element("p", [("id", "say"), ("class", "unseen"), ("aria-live", "polite")]).Dispose();
                html.Inline("script", page.Nonce, PageAssets.Script);
            }
        }
    }

    private static void WriteHead(TextWriter output, HtmlWriter html, ScreenContext page, Screen screen)
    {
        using (html.Element("head"))
        {
            html.Empty("meta", ("charset", "utf-8"));
            html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1, viewport-fit=cover"));
            html.Empty("meta", ("name", "robots"), ("content", "noindex"));
            html.Element("title", null, SafeText.Cut(screen.Title(page)) + " · Feature flags");
            output.Write(NoIcon);
            html.Inline("style", page.Nonce, PageAssets.Style);
        }
    }

    private static void WriteHeader(HtmlWriter html, ScreenContext page)
    {
        using (html.Element("header", ("class", "top")))
        {
            html.Element("p", "brand", "Feature flags");
            using (html.Element("p", ("class", "where")))
            {
                html.Name(page.Site.Application);
                html.Text(" · ");
                using (html.Element("strong"))
                    html.Name(page.Site.Environment);
                html.Text(" · instance ");
                html.Key(page.Site.Instance);
                html.Text(" · this process only");
            }

            WriteLive(html, page);
            using (html.Element("p", ("class", "user")))
                html.Name(page.User);
        }
    }

    // Without the script the page is of the time that stands there, and all times are UTC: nothing is offered that does not work.
    private static void WriteLive(HtmlWriter html, ScreenContext page)
    {
        using (html.Element("p", ("class", "live"), ("id", "live")))
        {
            html.Element("span", ("class", "dot"), ("aria-hidden", "true")).Dispose();
            html.Element("span", "live-word", "Loaded");
            using (html.Element("span", ("class", "clock")))
                html.Time(page.Now, page.Now);
        }

        using (html.Element("div", ("class", "zones"), ("id", "zones"), ("role", "group"), ("aria-label", "Times"), ("hidden", "")))
        {
            using (html.Element("button", ("type", "button"), ("data-zone", "utc"), ("aria-pressed", "true")))
                html.Text("UTC");
            using (html.Element("button", ("type", "button"), ("data-zone", "local"), ("aria-pressed", "false")))
                html.Text("Local");
        }
    }
}
