namespace ProgressiveDelivery.Sdk.Evaluation.Patterns;

/// <summary>An expression for a whole text: a text, then characters of a set, then a text, such as <c>^[^@]+@shop\.example$</c>.</summary>
/// <param name="prefix">The text at the start.</param>
/// <param name="set">The characters between.</param>
/// <param name="min">The minimum number of characters between.</param>
/// <param name="max">The maximum number of characters between.</param>
/// <param name="suffix">The text at the end.</param>
/// <param name="ignoreCase">True if ASCII letters of both texts match in either case.</param>
/// <param name="allowsNewline">True if one newline may follow the end.</param>
internal sealed class FramedPattern(string prefix, CharacterSet set, int min, int max, string suffix, bool ignoreCase, bool allowsNewline) : Pattern
{
    public override int Size { get; } = 180 + ((prefix.Length + suffix.Length) * sizeof(char)) + set.Size;

    public override bool IsMatch(ReadOnlySpan<char> text, ref PatternBudget budget) =>
        Holds(text) || (allowsNewline && text.Length > 0 && text[^1] == '\n' && Holds(text[..^1]));

    private bool Holds(ReadOnlySpan<char> text)
    {
        var between = text.Length - prefix.Length - suffix.Length;
        return between >= min && between <= max
            && TextPattern.IsSame(text[..prefix.Length], prefix, ignoreCase)
            && TextPattern.IsSame(text[^suffix.Length..], suffix, ignoreCase)
            && set.ContainsAll(text.Slice(prefix.Length, between));
    }
}
