namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>Writes the marks of variants beside their names.</summary>
internal static class Legend
{
    public static void Write(HtmlWriter html, IEnumerable<(int Slot, string Title, string? Figure)> entries)
    {
        using (html.Element("ul", ("class", "legend")))
        {
            foreach (var (slot, title, figure) in entries)
            {
                using (html.Element("li"))
                {
                    VariantMark.Inline(html, slot);
                    html.Name(title);
                    if (figure is not null)
                        html.Element("strong", null, figure);
                }
            }
        }
    }
}
