namespace ProgressiveDelivery.Sdk.Pages;

/// <summary>Reads the one markup of verdict texts: <c>**strong**</c>. An unpaired mark is plain text.</summary>
internal static class Emphasis
{
    private const string Mark = "**";

    /// <summary>Splits a text into its plain and strong parts, in order.</summary>
    public static IEnumerable<(string Text, bool IsStrong)> Split(string text)
    {
        var from = 0;
        while (text.IndexOf(Mark, from, StringComparison.Ordinal) is >= 0 and var open
            && text.IndexOf(Mark, open + Mark.Length, StringComparison.Ordinal) is >= 0 and var close)
        {
            if (open > from)
                yield return (text[from..open], false);
            yield return (text[(open + Mark.Length)..close], true);
            from = close + Mark.Length;
        }

        if (from < text.Length)
            yield return (text[from..], false);
    }

    /// <summary>Removes the marks.</summary>
    public static string Strip(string text) => string.Concat(Split(text).Select(part => part.Text));
}
