using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Patterns;

/// <summary>The facts about a place between two characters that an expression can test, one bit each. Higher bits are look-arounds.</summary>
internal static class Boundary
{
    public const ulong TextStart = 1 << 0;
    public const ulong TextEnd = 1 << 1;
    public const ulong TextEndOrFinalNewline = 1 << 2;
    public const ulong LineStart = 1 << 3;
    public const ulong LineEnd = 1 << 4;
    public const ulong Word = 1 << 5;
    public const ulong NotWord = 1 << 6;

    /// <summary>The bit of the first look-around.</summary>
    public const int FirstLook = 8;

    /// <summary>The categories of <c>\w</c>.</summary>
    public const uint WordCategories =
        (1u << (int)UnicodeCategory.UppercaseLetter) | (1u << (int)UnicodeCategory.LowercaseLetter) | (1u << (int)UnicodeCategory.TitlecaseLetter)
        | (1u << (int)UnicodeCategory.ModifierLetter) | (1u << (int)UnicodeCategory.OtherLetter) | (1u << (int)UnicodeCategory.NonSpacingMark)
        | (1u << (int)UnicodeCategory.DecimalDigitNumber) | (1u << (int)UnicodeCategory.ConnectorPunctuation);

    // The boundary of a word, unlike \w, counts the two joiners as letters.
    private static readonly CharacterSet WordCharacters = new("\u200C\u200D", WordCategories);

    /// <summary>Returns the facts about the place before the character at <paramref name="at"/>; those about words only if requested.</summary>
    public static ulong At(ReadOnlySpan<char> text, int at, ulong wanted)
    {
        var facts = 0UL;
        if (at == 0)
            facts |= TextStart | LineStart;
        else if (text[at - 1] == '\n')
            facts |= LineStart;
        if (at == text.Length)
            facts |= TextEnd | TextEndOrFinalNewline | LineEnd;
        else if (text[at] == '\n')
            facts |= at == text.Length - 1 ? LineEnd | TextEndOrFinalNewline : LineEnd;
        return (wanted & (Word | NotWord)) == 0 ? facts : facts | OfWord(text, at);
    }

    private static ulong OfWord(ReadOnlySpan<char> text, int at)
    {
        var before = at > 0 && WordCharacters.Contains(text[at - 1]);
        var after = at < text.Length && WordCharacters.Contains(text[at]);
        return before == after ? NotWord : Word;
    }
}
