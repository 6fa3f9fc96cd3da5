namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

/// <summary>Writes the blocks that all screens share. Each looks as <c>page.css</c> says.</summary>
internal static class Blocks
{
    /// <summary>Writes the icon of a state.</summary>
    public static void Icon(this HtmlWriter html, Tone tone, int size = 18) => Pages.Icon.Write(html, (tone.Name, tone.Shape), size.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Opens a card with a heading of level 2.</summary>
    /// <param name="html">The page.</param>
    /// <param name="title">The heading.</param>
    /// <param name="id">The id by which the live update finds the card again; null for a card that does not change.</param>
    /// <param name="sub">The line below the heading; null for none.</param>
    /// <param name="aside">The text at the right; null for none.</param>
    public static HtmlWriter.Scope Card(this HtmlWriter html, string title, string? id = null, string? sub = null, string? aside = null)
    {
        var card = html.Element("section", ("class", "card"), ("id", id), ("data-live", id is null ? null : ""));
        using (html.Element("div", ("class", "card-head")))
        {
            using (html.Element("div"))
            {
                html.Element("h2", null, title);
                if (sub is not null)
                    html.Element("p", "sub", sub);
            }

            if (aside is not null)
                html.Element("p", "aside", aside);
        }

        return card;
    }

    /// <summary>Writes a badge: icon and word on a tint.</summary>
    public static void Badge(this HtmlWriter html, Tone tone, string text)
    {
        using (html.Element("span", ("class", "badge " + tone.Name)))
        {
            html.Icon(tone, 16);
            html.Element("span", null, text);
        }
    }

    /// <summary>Writes the state of a row: icon and colored word, without a tint.</summary>
    public static void State(this HtmlWriter html, Tone tone, string text)
    {
        using (html.Element("span", ("class", "state " + tone.Name)))
        {
            html.Icon(tone, 16);
            html.Element("span", null, text);
        }
    }

    /// <summary>Writes a banner: icon, headline, what it says, and at the right what can be done.</summary>
    public static void Banner(this HtmlWriter html, Tone tone, string headline, Action says, Action? aside = null, string id = "banner")
    {
        using (html.Element("section", ("class", "banner " + tone.Name), ("id", id), ("data-live", "")))
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

    /// <summary>Writes a variant, value or operand in a chip.</summary>
    public static void Chip(this HtmlWriter html, string text)
    {
        using (html.Element("code", ("class", "chip")))
            html.Name(text);
    }

    /// <summary>Writes a key of a flag or an attribute in the font of code.</summary>
    public static void Key(this HtmlWriter html, string key)
    {
        using (html.Element("code"))
            html.Name(key);
    }

    /// <summary>Writes a missing value, with its reason for screen readers.</summary>
    public static void Missing(this HtmlWriter html, string why)
    {
        using (html.Element("span", ("class", "missing")))
        {
            using (html.Element("span", ("aria-hidden", "true")))
                html.Text(Numbers.Missing);
            html.Element("span", "unseen", why);
        }
    }
}
