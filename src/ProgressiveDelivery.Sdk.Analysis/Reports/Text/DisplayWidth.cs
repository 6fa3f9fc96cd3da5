using System.Globalization;
using System.Text;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Text;

/// <summary>Measures text in columns of a terminal.</summary>
internal static class DisplayWidth
{
    /// <summary>Returns the columns that a text takes.</summary>
    public static int Of(string text) => text.EnumerateRunes().Sum(Of);

    /// <summary>Cuts a text that is wider than some columns and ends it with an ellipsis.</summary>
    public static string Cut(string text, int columns)
    {
        if (Of(text) <= columns)
            return text;
        var (result, used) = (new StringBuilder(), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            used += Of(rune);
            if (used > columns - 1)
                break;
            result.Append(rune.ToString());
        }

        return result.Append('…').ToString();
    }

    /// <summary>Fills a text with spaces, on its left for a number.</summary>
    public static string Pad(string text, int columns, bool isNumber)
    {
        var fill = new string(' ', Math.Max(0, columns - Of(text)));
        return isNumber ? fill + text : text + fill;
    }

    // The blocks of East Asian Width W and F in Unicode Standard Annex 11 that names use, and emoji.
    private static int Of(Rune rune) => rune.Value switch
    {
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF => 2,
        >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD => 2,
        _ => 1,
    };
}
