using System.Text;
using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>
/// Translates regular expressions of other syntaxes to .NET's. Parts with another meaning in .NET are rewritten; parts that the other syntax lacks
/// are left to the parser, which rejects those that need backtracking. Sources: RE2's syntax page (github.com/google/re2, Syntax) and ECMA-262,
/// Patterns.
/// </summary>
internal static class PatternTranslation
{
    private static readonly Dictionary<string, string> PosixClasses = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = "\\x00-\\x7F",
        ["blank"] = "\\t ",
        ["cntrl"] = "\\x00-\\x1F\\x7F",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = "!-/:-@\\[-`{-~",
        ["space"] = "\\t\\n\\v\\f\\r ",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    /// <summary>Translates an expression; throws <see cref="ArgumentException"/> for .NET syntax that its own syntax lacks.</summary>
    public static string Translate(string pattern, PatternSyntax syntax)
    {
        if (syntax == PatternSyntax.DotNet)
            return pattern;
        var text = new StringBuilder(pattern.Length + 8);
        var inClass = false;
        var isMultiline = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var character = pattern[i];
            isMultiline |= !inClass && TurnsMultilineOn(pattern, i);
            if (character == '\\' && i + 1 < pattern.Length)
                i = TranslateEscape(pattern, i, syntax, inClass, text);
            else if (inClass && character == '[' && TryPosixClass(pattern, ref i, text))
                continue;
            else if (!inClass && character == '$' && !isMultiline)
                text.Append("\\z");
            else if (!inClass && character == '(' && TryInlineOptions(pattern, ref i, text))
                continue;
            else if (!inClass && character == '(' && pattern.AsSpan(i).StartsWith("(?P<", StringComparison.Ordinal))
            {
                text.Append("(?<");
                i += "(?P<".Length - 1;
            }
            else
            {
                text.Append(inClass && character == '[' ? "\\[" : character.ToString());
                inClass = inClass ? character != ']' || IsFirstOfClass(pattern, i) : character == '[';
            }
        }

        return text.ToString();
    }

    // A bracket directly after the opening one is a literal.
    private static bool IsFirstOfClass(string pattern, int at) =>
        pattern[at - 1] == '[' && !(at >= 2 && pattern[at - 2] == '\\') || at >= 2 && pattern[at - 1] == '^' && pattern[at - 2] == '[';

    private static bool TryPosixClass(string pattern, ref int at, StringBuilder text)
    {
        var end = pattern.IndexOf(":]", at, StringComparison.Ordinal);
        if (end < 0 || at + 1 >= pattern.Length || pattern[at + 1] != ':')
            return false;
        if (!PosixClasses.TryGetValue(pattern[(at + 2)..end], out var members))
            return false;
        text.Append(members);
        at = end + 1;
        return true;
    }

    // After this option, both engines treat an end as the end of a line.
    private static bool TurnsMultilineOn(string pattern, int at)
    {
        if (!pattern.AsSpan(at).StartsWith("(?", StringComparison.Ordinal))
            return false;
        for (var i = at + 2; i < pattern.Length && char.IsAsciiLetter(pattern[i]); i++)
        {
            if (pattern[i] == 'm')
                return true;
        }

        return false;
    }

    // "u", for Unicode, is always on in .NET.
    private static bool TryInlineOptions(string pattern, ref int at, StringBuilder text)
    {
        var end = at + 2;
        while (end < pattern.Length && (char.IsAsciiLetter(pattern[end]) || pattern[end] == '-'))
            end++;
        if (end >= pattern.Length || pattern[at + 1] != '?' || pattern[end] is not (')' or ':') || !pattern.AsSpan(at, end - at).Contains('u'))
            return false;
        var options = pattern[(at + 2)..end].Replace("u", "", StringComparison.Ordinal).TrimEnd('-');
        if (pattern[end] == ':' || options.Length > 0)
            text.Append("(?").Append(options).Append(pattern[end]);
        at = end;
        return true;
    }

    private static int TranslateEscape(string pattern, int at, PatternSyntax syntax, bool inClass, StringBuilder text)
    {
        switch (pattern[at + 1])
        {
            case 'd':
                text.Append(inClass ? "0-9" : "[0-9]");
                break;
            case 'D' when !inClass:
                text.Append("[^0-9]");
                break;
            case 'w':
                text.Append(inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]");
                break;
            case 'W' when !inClass:
                text.Append("[^0-9A-Za-z_]");
                break;
            case 's' when syntax == PatternSyntax.Re2:
                text.Append(inClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]");
                break;
            case 'S' when syntax == PatternSyntax.Re2 && !inClass:
                text.Append("[^\\t\\n\\f\\r ]");
                break;
            case 'z' when syntax == PatternSyntax.Re2:
                text.Append("\\z");
                break;
            case 'Z' when syntax == PatternSyntax.Re2:
                throw new ArgumentException("\\Z is not of RE2's syntax.");
            case 'Q' when syntax == PatternSyntax.Re2:
                var end = pattern.IndexOf("\\E", at + 2, StringComparison.Ordinal);
                var literal = end < 0 ? pattern[(at + 2)..] : pattern[(at + 2)..end];
                text.Append(Regex.Escape(literal).Replace("]", "\\]", StringComparison.Ordinal));
                return end < 0 ? pattern.Length - 1 : end + 1;
            case 'p' or 'P' when at + 2 < pattern.Length && pattern[at + 2] != '{' && syntax == PatternSyntax.Re2:
                text.Append('\\').Append(pattern[at + 1]).Append('{').Append(pattern[at + 2]).Append('}');
                return at + 2;
            default:
                text.Append('\\').Append(pattern[at + 1]);
                break;
        }

        return at + 1;
    }
}
