namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Comparing;

/// <summary>One thing in which two definitions of a flag differ: a label, the words that stay, and those that go and come.</summary>
/// <param name="Label">What differs, such as <c>default</c>.</param>
/// <param name="Lead">The words before the difference.</param>
/// <param name="Before">The words that go; null if there were none.</param>
/// <param name="After">The words that come; null if there are none.</param>
/// <param name="Tail">The words after the difference.</param>
internal sealed record FlagChange(string Label, string Lead, string? Before, string? After, string Tail)
{
    private const int MaxContext = 60;

    /// <summary>Compares two texts word by word: what they share at the beginning and at the end stays. Null stands for no text.</summary>
    public static FlagChange Of(string label, string? before, string? after)
    {
        if (before is null || after is null)
            return new(label, "", before, after, "");
        var (one, other) = (before.Split(' '), after.Split(' '));
        var shorter = Math.Min(one.Length, other.Length);
        var lead = 0;
        while (lead < shorter && one[lead] == other[lead])
            lead++;
        var tail = 0;
        while (tail < shorter - lead && one[^(tail + 1)] == other[^(tail + 1)])
            tail++;
        // A number is read with its sign of percent.
        if (tail > 0 && one[^tail].StartsWith('%') && lead < one.Length - tail)
            tail--;
        return new(label, CutStart(Joined(one[..lead])), NonEmpty(one[lead..^tail]), NonEmpty(other[lead..^tail]), SafeText.Cut(Joined(one[(one.Length - tail)..]), MaxContext));
    }

    private static string? NonEmpty(string[] words) => words.Length == 0 ? null : Joined(words);

    private static string Joined(string[] words) => string.Join(' ', words);

    private static string CutStart(string text)
    {
        if (text.Length <= MaxContext)
            return text;
        var start = text.Length - MaxContext;
        return string.Concat("…", text.AsSpan(char.IsLowSurrogate(text[start]) ? start + 1 : start));
    }
}
