using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>
/// Reads character classes as .NET does: <c>[…]</c>, <c>\d</c>, <c>\p{…}</c> and similar ones. Returns null for a class that it does not support.
/// </summary>
internal sealed class ClassParser(PatternReader reader, bool ignoreCase)
{
    // Subtractions nest.
    private const int MaxDepth = 20;

    // Most characters of most expressions: created once.
    private static readonly CharacterSet[] Ascii = [.. Enumerable.Range(0, 128).Select(c => Make((char)c, ignoreCase: false))];
    private static readonly CharacterSet[] AsciiOfBothCases = [.. Enumerable.Range(0, 128).Select(c => Make((char)c, ignoreCase: true))];

    private readonly CharacterRanges _ranges = new();
    private readonly CharacterRanges _spaces = new();
    private uint _categories;

    /// <summary>Creates a set of one character, or of both its cases.</summary>
    public static CharacterSet Single(char character, bool ignoreCase)
    {
        if (character < Ascii.Length)
            return ignoreCase ? AsciiOfBothCases[character] : Ascii[character];
        return Make(character, ignoreCase);
    }

    /// <summary>Reads a shorthand, after its backslash.</summary>
    public static CharacterSet? Shorthand(PatternReader reader, bool ignoreCase)
    {
        var parser = new ClassParser(reader, ignoreCase);
        return parser.TryShorthand() ? parser.Finish(isNegated: false, null) : null;
    }

    /// <summary>Reads a class, after its bracket.</summary>
    public static CharacterSet? Bracketed(PatternReader reader, bool ignoreCase) => Bracketed(reader, ignoreCase, 0);

    private static CharacterSet Make(char character, bool ignoreCase)
    {
        var ranges = new CharacterRanges();
        ranges.Add(character);
        if (ignoreCase)
            CaseEquivalences.Close(ranges);
        return new(ranges.ToString());
    }

    private static CharacterSet? Bracketed(PatternReader reader, bool ignoreCase, int depth)
    {
        if (depth > MaxDepth)
            return null;
        var isNegated = reader.TrySkip('^');
        var parser = new ClassParser(reader, ignoreCase);
        CharacterSet? except = null;
        for (var isFirst = true; ; isFirst = false)
        {
            if (reader.IsAtEnd || reader.StartsWith("[::]"))
                return null;
            if (!isFirst && reader.TrySkip(']'))
                return parser.Finish(isNegated, except);
            if (except is not null)
                return null;
            if (!isFirst && reader.TrySkip("-["))
            {
                except = Bracketed(reader, ignoreCase, depth + 1);
                if (except is null)
                    return null;
            }
            else if (!parser.TryMember(depth, ref except))
            {
                return null;
            }
        }
    }

    // Reads a character, a range, a shorthand, or a character followed directly by a subtraction.
    private bool TryMember(int depth, ref CharacterSet? except)
    {
        if (reader.Next == '\\' && IsShorthand(reader.Peek(1)))
        {
            reader.Read();
            return TryShorthand();
        }

        if (!TryCharacter(out var first, out var isSeparator))
            return false;
        if (isSeparator || reader.Next != '-' || reader.Peek(1) is ']' or '\0')
        {
            _ranges.Add(first);
            return true;
        }

        reader.Read();
        if (reader.TrySkip('['))
        {
            _ranges.Add(first);
            except = Bracketed(reader, ignoreCase, depth + 1);
            return except is not null;
        }

        if ((reader.Next == '\\' && IsShorthand(reader.Peek(1))) || !TryCharacter(out var last, out _) || last < first)
            return false;
        _ranges.Add(first, last);
        return true;
    }

    // An escaped hyphen starts no range.
    private bool TryCharacter(out char character, out bool isSeparator)
    {
        (character, isSeparator) = ('\0', reader.StartsWith("\\-"));
        if (reader.IsAtEnd)
            return false;
        if (!reader.TrySkip('\\'))
        {
            character = reader.Read();
            return true;
        }

        if (reader.ReadEscape() is not { } escaped)
            return false;
        character = escaped;
        return true;
    }

    private static bool IsShorthand(char character) => character is 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'p' or 'P';

    private bool TryShorthand()
    {
        switch (reader.Read())
        {
            case 'd':
                return Add(UnicodeCategories.Digits);
            case 'D':
                return Add(UnicodeCategories.Others(UnicodeCategories.Digits));
            case 'w':
                return Add(Boundary.WordCategories);
            case 'W':
                return Add(UnicodeCategories.Others(Boundary.WordCategories));
            case 's':
                _spaces.Add(UnicodeCategories.Spaces);
                return true;
            case 'S':
                _spaces.AddOthers(UnicodeCategories.Spaces);
                return true;
            case 'p':
                return TryProperty(isNegated: false);
            default:
                return TryProperty(isNegated: true);
        }
    }

    private bool Add(uint categories)
    {
        _categories |= categories;
        return true;
    }

    private bool TryProperty(bool isNegated)
    {
        if (!reader.TrySkip('{') || reader.ReadTo('}') is not { } name)
            return false;
        if (UnicodeCategories.Of(name, ignoreCase) is not 0 and var categories)
            return Add(isNegated ? UnicodeCategories.Others(categories) : categories);
        return TryBlock(name, isNegated);
    }

    // No public table has the ranges of a block, so they are read from the engine's matches.
    private bool TryBlock(string name, bool isNegated)
    {
        if (!name.StartsWith("Is", StringComparison.Ordinal) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            return false;
        try
        {
            var expression = new Regex($"\\{(isNegated ? 'P' : 'p')}{{{name}}}+", RegexOptions.CultureInvariant);
            var all = string.Create(char.MaxValue + 1, 0, (text, _) => Fill(text));
            foreach (var run in expression.EnumerateMatches(all))
                _ranges.Add((char)run.Index, (char)(run.Index + run.Length - 1));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Fill(Span<char> text)
    {
        for (var i = 0; i < text.Length; i++)
            text[i] = (char)i;
    }

    private CharacterSet Finish(bool isNegated, CharacterSet? except)
    {
        if (ignoreCase)
            CaseEquivalences.Close(_ranges);
        _ranges.Add(_spaces.ToString());
        return new(_ranges.ToString(), _categories, isNegated, except);
    }
}
