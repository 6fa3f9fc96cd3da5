using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>Writes a whole document around a screen: header, strips of what departs from normal, navigation, style and script.</summary>
internal static class Shell
{
    public static void Write(TextWriter output, ScreenContext page, Screen screen)
    {
        output.Write("<!DOCTYPE html>\n");
        var html = new HtmlWriter(output, isServed: true);
        using (html.Element("html", ("lang", "en")))
        {
            WriteHead(html, page, screen);
            using (html.Element("body"))
            {
                using (html.Element("a", ("class", "skip"), ("href", "#main")))
                    html.Text("To the content");
                WriteHeader(html, page);
                Strips.Write(html, page);
                using (html.Element("div", ("class", "frame")))
                {
                    Navigation.Write(html, page, screen);
                    using (html.Element("main", ("id", "main")))
                        screen.Write(html, page);
                }

                html.Inline("script", page.Nonce, PageAssets.Script);
            }
        }
    }

    private static void WriteHead(HtmlWriter html, ScreenContext page, Screen screen)
    {
        using (html.Element("head"))
        {
            html.Empty("meta", ("charset", "utf-8"));
            html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Element("title", null, screen.Title(page) + " · Feature flags");
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
                html.Element("strong", null, page.Site.Environment);
                html.Text(" · instance ");
                html.Key(page.Site.Instance);
                html.Text(" · this process only");
            }

            using (html.Element("p", ("class", "live"), ("id", "live")))
                html.Time(page.Now, page.Now);
            html.Element("p", "user", page.User);
        }
    }
}
