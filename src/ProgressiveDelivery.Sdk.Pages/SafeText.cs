using System.Globalization;
using System.Text;

namespace ProgressiveDelivery.Sdk.Pages;

/// <summary>Makes text of unknown origin harmless to look at.</summary>
internal static class SafeText
{
    /// <summary>The length above which a name is cut.</summary>
    public const int MaxNameLength = 200;

    /// <summary>Writes controls, bidirectional controls, line separators and broken surrogates as escapes, such as <c>\u202E</c>.</summary>
    public static string Escape(string text)
    {
        if (!text.EnumerateRunes().Any(IsHidden) && !HasBrokenSurrogate(text))
            return text;

        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length;)
        {
            var isRune = Rune.TryGetRuneAt(text, i, out var rune);
            if (isRune && !IsHidden(rune))
                result.Append(text, i, rune.Utf16SequenceLength);
            else
                result.Append(CultureInfo.InvariantCulture, $"\\u{(isRune ? rune.Value : text[i]):X4}");
            i += isRune ? rune.Utf16SequenceLength : 1;
        }

        return result.ToString();
    }

    /// <summary>Cuts a text that is too long and ends it with an ellipsis.</summary>
    public static string Cut(string text, int length = MaxNameLength)
    {
        if (text.Length <= length)
            return text;
        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    private static bool HasBrokenSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;
            i++;
        }

        return false;
    }

    // Noncharacters are not allowed in XML or HTML. Joiners stay: scripts and emoji need them.
    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF or (>= 0xFDD0 and <= 0xFDEF) or (>= 0xE0000 and <= 0xE007F)
        || (rune.Value & 0xFFFE) == 0xFFFE;
}
