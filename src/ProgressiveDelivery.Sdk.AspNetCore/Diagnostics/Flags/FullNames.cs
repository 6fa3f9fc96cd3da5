namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Writes the names that a screen cut, in full, behind a summary.</summary>
internal static class FullNames
{
    private const int MaxNames = 50;
    private const int MaxLength = 100_000;

    public static void Write(HtmlWriter html)
    {
        if (html.CutNames.Count == 0)
            return;
        using (html.Element("details", ("class", "card flags-part flags-numbers")))
        {
            html.Element("summary", null, "Show all of the names that were cut");
            using (html.Element("ol", ("class", "flags-full")))
            {
                foreach (var name in html.CutNames.Take(MaxNames).ToList())
                {
                    using (html.Element("li"))
                    using (html.Element("bdi"))
                        html.Text(SafeText.Cut(name, MaxLength));
                }
            }
        }
    }
}
