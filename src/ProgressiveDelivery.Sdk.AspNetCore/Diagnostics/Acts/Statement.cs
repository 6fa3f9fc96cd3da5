using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;

/// <summary>Writes a banner that the live update leaves alone: it answers what was sent, and another request would not be answered so.</summary>
internal static class Statement
{
    public static void Write(HtmlWriter html, Tone tone, string headline, Action says, Action? aside = null)
    {
        using (html.Element("section", ("class", "banner " + tone.Name)))
        {
            html.Icon(tone, 36);
            using (html.Element("div", ("class", "says")))
            {
                html.Element("h2", null, headline);
                says();
            }

            if (aside is null)
                return;
            using (html.Element("div", ("class", "banner-aside")))
                aside();
        }
    }
}
