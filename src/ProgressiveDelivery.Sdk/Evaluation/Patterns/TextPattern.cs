using System.Text;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Evaluation.Patterns;

/// <summary>An expression that matches one of several texts at a place.</summary>
/// <param name="place">The place.</param>
/// <param name="texts">The texts; ASCII if <paramref name="ignoreCase"/>.</param>
/// <param name="ignoreCase">True if ASCII letters match in either case; not for <see cref="TextPlace.Anywhere"/>.</param>
/// <param name="allowsNewline">True if one newline may follow the end.</param>
internal sealed class TextPattern(TextPlace place, string[] texts, bool ignoreCase, bool allowsNewline) : Pattern
{
    // Comparing a handful one by one is cheaper than hashing.
    private const int ScanLimit = 4;

    private readonly StringTable<string>? _table = place == TextPlace.Whole && !ignoreCase && texts.Length > ScanLimit ? StringTable.OfTexts(texts) : null;

    public override int Size { get; } = 80 + texts.Sum(text => 30 + (text.Length * 2) + (texts.Length > ScanLimit ? 48 : 0));

    public override bool IsMatch(ReadOnlySpan<char> text, ref PatternBudget budget) =>
        Holds(text) || (allowsNewline && text.Length > 0 && text[^1] == '\n' && Holds(text[..^1]));

    private bool Holds(ReadOnlySpan<char> subject)
    {
        if (_table is not null)
            return _table.Find(subject) is not null;
        foreach (var text in texts)
        {
            if (Holds(subject, text))
                return true;
        }

        return false;
    }

    private bool Holds(ReadOnlySpan<char> subject, string text) => place switch
    {
        TextPlace.Anywhere => subject.Contains(text, StringComparison.Ordinal),
        TextPlace.Whole => subject.Length == text.Length && IsSame(subject, text, ignoreCase),
        TextPlace.Start => subject.Length >= text.Length && IsSame(subject[..text.Length], text, ignoreCase),
        _ => subject.Length >= text.Length && IsSame(subject[^text.Length..], text, ignoreCase),
    };

    // Not OrdinalIgnoreCase: regular expressions define case differently.
    internal static bool IsSame(ReadOnlySpan<char> left, string right, bool ignoreCase) =>
        ignoreCase ? Ascii.EqualsIgnoreCase(left, right) : left.SequenceEqual(right);
}
