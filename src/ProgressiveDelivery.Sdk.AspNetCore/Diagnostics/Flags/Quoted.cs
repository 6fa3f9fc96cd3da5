namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Writes sentences of the library with their quoted names as chips: <c>25 % of targetingKey: 'on', else 'off'</c>.</summary>
internal static class Quoted
{
    private const int MaxLength = 2_000;

    /// <summary>Returns a name in quotation marks, cut if it is long.</summary>
    public static string Text(string name) => '“' + SafeText.Cut(name, 80) + '”';

    /// <summary>Writes a sentence. A quotation mark without its end is plain text.</summary>
    public static void Words(this HtmlWriter html, string sentence)
    {
        var text = SafeText.Cut(sentence, MaxLength);
        using var isolated = html.Element("bdi");
        var from = 0;
        while (text.AsSpan(from).IndexOfAny('\'', '"') is >= 0 and var start && text.IndexOf(text[from + start], from + start + 1) is >= 0 and var end)
        {
            var open = from + start;
            html.Text(text[from..open]);
            if (end > open + 1)
                html.Element("code", "chip", text[(open + 1)..end]);
            else
                html.Text(text[open..(end + 1)]);
            from = end + 1;
        }

        html.Text(text[from..]);
    }
}
