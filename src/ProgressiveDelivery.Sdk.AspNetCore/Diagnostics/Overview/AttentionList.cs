using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Overview;

/// <summary>Writes what needs attention, the worst first.</summary>
internal static class AttentionList
{
    public static void Write(HtmlWriter html, ScreenContext page)
    {
        using (html.Card("Needs attention", "attention"))
        {
            using (html.Element("ul", ("class", "list")))
            {
                var isEmpty = true;
                foreach (var item in AttentionItems.Of(page))
                {
                    isEmpty = false;
                    WriteItem(html, page, item);
                }

                if (isEmpty)
                    WriteItem(html, page, new(Tone.Good, static html => html.Text("No action is needed.")));
            }
        }
    }

    private static void WriteItem(HtmlWriter html, ScreenContext page, AttentionItem item)
    {
        using (html.Element("li"))
        {
            html.Icon(item.Tone);
            using (html.Element("div", ("class", "what")))
            {
                using (html.Element("p", ("data-says", item.Tone == Tone.Good ? null : item.Key)))
                    item.Write(html);
                WriteNote(html, page, item);
            }

            if (item.Since is { } since)
                html.Element("p", "ago", Times.Age(page.Now - since));
        }
    }

    private static void WriteNote(HtmlWriter html, ScreenContext page, AttentionItem item)
    {
        if (item.Since is null && item.Note is null && item.Act is null)
            return;
        using (html.Element("p", ("class", "note")))
        {
            var separator = "";
            if (item.Since is { } since)
            {
                html.Text("since ");
                html.Time(since, page.Now);
                separator = " · ";
            }

            if (item.Note is not null)
            {
                html.Text(separator);
                item.Note(html);
                separator = " · ";
            }

            if (item.Act is not { } act)
                return;
            html.Text(separator);
            using (html.Element("a", ("href", act.Link)))
                html.Text(act.Text);
        }
    }
}
