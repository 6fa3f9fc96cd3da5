using System.Globalization;
using System.Text.RegularExpressions;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>The characters that .NET's regular expressions treat as equal with IgnoreCase and CultureInvariant.</summary>
internal static class CaseEquivalences
{
    private const char Kelvin = '\u212A';

    // Read from the engine itself, whose table is private: some thousand matches, once, for the first such expression.
    private static readonly Lazy<(char Character, string Others)[]> Table = new(Ask);

    /// <summary>Adds to ranges all characters that differ from a member only in case.</summary>
    public static void Close(CharacterRanges ranges)
    {
        if (ranges.IsAscii)
            CloseAscii(ranges);
        else
            CloseAll(ranges);
    }

    private static void CloseAscii(CharacterRanges ranges)
    {
        for (var letter = 'a'; letter <= 'z'; letter++)
        {
            var upper = char.ToUpperInvariant(letter);
            if (!ranges.Contains(letter) && !ranges.Contains(upper))
                continue;
            ranges.Add(letter);
            ranges.Add(upper);
            if (letter == 'k')
                ranges.Add(Kelvin);
        }
    }

    private static void CloseAll(CharacterRanges ranges)
    {
        var merged = ranges.ToString();
        var known = new HashSet<char>();
        foreach (var (character, others) in Table.Value)
        {
            if (Contains(merged, character))
                known.UnionWith(others);
        }

        foreach (var character in known)
            ranges.Add(character);
    }

    private static bool Contains(string ranges, char character)
    {
        for (var i = 0; i < ranges.Length && ranges[i] <= character; i += 2)
        {
            if (character <= ranges[i + 1])
                return true;
        }

        return false;
    }

    private static (char Character, string Others)[] Ask()
    {
        var cased = string.Concat(Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(IsCased));
        var table = new List<(char, string)>();
        foreach (var character in cased)
        {
            var expression = new Regex(Regex.Escape(character.ToString()), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            var others = "";
            foreach (var match in expression.EnumerateMatches(cased))
                others += cased[match.Index];
            if (others.Length > 1)
                table.Add((character, others));
        }

        return [.. table];
    }

    private static bool IsCased(char character) =>
        char.ToUpperInvariant(character) != character
        || char.ToLowerInvariant(character) != character
        || char.GetUnicodeCategory(character) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;
}
