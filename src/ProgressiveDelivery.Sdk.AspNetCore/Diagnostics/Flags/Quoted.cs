using System.Globalization;
using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Writes sentences of the library for people: quoted names as chips, operators as words, times and counts as everywhere on the page.</summary>
internal static partial class Quoted
{
    private const int MaxLength = 2_000;

    /// <summary>Returns a name in quotation marks, cut if it is long.</summary>
    public static string Text(string name) => '“' + SafeText.Cut(name, 80) + '”';

    /// <summary>Writes a sentence. A quotation mark without its end is plain text.</summary>
    /// <param name="html">The page.</param>
    /// <param name="sentence">The sentence, such as <c>25 % of targetingKey: 'on', else 'off'</c>.</param>
    /// <param name="now">The present, by which times are written; null leaves them as they are.</param>
    public static void Words(this HtmlWriter html, string sentence, DateTimeOffset? now = null)
    {
        var text = SafeText.Cut(sentence, MaxLength);
        using var isolated = html.Element("bdi");
        var from = 0;
        while (text.AsSpan(from).IndexOfAny('\'', '"') is >= 0 and var start && text.IndexOf(text[from + start], from + start + 1) is >= 0 and var end)
        {
            var open = from + start;
            html.Plain(text[from..open], now);
            if (end > open + 1)
                html.Element("code", "chip", text[(open + 1)..end]);
            else
                html.Text(text[open..(end + 1)]);
            from = end + 1;
        }

        html.Plain(text[from..], now);
    }

    /// <summary>Writes the reason of an act: that of a guard is a sentence of the library, that of a person stays as it was typed.</summary>
    public static void Reason(this HtmlWriter html, ControlRecord record, int maxLength)
    {
        if (record.By.StartsWith("guard '", StringComparison.Ordinal))
            html.Words(SafeText.Cut(record.Reason, maxLength));
        else
            html.Name(record.Reason, maxLength);
    }

    // What stands between quoted names. A list of names has its brackets around them.
    private static void Plain(this HtmlWriter html, string part, DateTimeOffset? now)
    {
        var text = Operator().Replace(Bracket().Replace(part, ""), static match => Word(match.Value));
        text = Thousands().Replace(text, "\u202F");
        var from = 0;
        foreach (Match match in Timestamp().Matches(text))
        {
            if (now is not { } present || !DateTimeOffset.TryParse(match.Value, CultureInfo.InvariantCulture, out var time))
                continue;
            html.Text(text[from..match.Index]);
            html.Time(time, present);
            from = match.Index + match.Length;
        }

        html.Text(text[from..]);
    }

    private static string Word(string name) => name switch
    {
        "in" => "is one of",
        "startsWith" => "starts with",
        "endsWith" => "ends with",
        "lessThan" => "is less than",
        "atMost" => "is at most",
        "greaterThan" => "is more than",
        "atLeast" => "is at least",
        "before" => "is before",
        "after" => "is after",
        "semver" => "is a version",
        "inNetwork" => "is in network",
        "hasAny" => "has any of",
        "hasAll" => "has all of",
        _ => name,
    };

    // An operator follows its attribute; "in" and two others are words of sentences too, unless a value follows at once.
    [GeneratedRegex("(?<=^| )(?:(?:startsWith|endsWith|lessThan|atMost|greaterThan|atLeast|semver|inNetwork|hasAny|hasAll)(?= |$)|(?:in|before|after)(?= $))")]
    private static partial Regex Operator();

    [GeneratedRegex("(?<= )\\[$|^\\]")]
    private static partial Regex Bracket();

    [GeneratedRegex("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")]
    private static partial Regex Thousands();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?Z")]
    private static partial Regex Timestamp();
}
