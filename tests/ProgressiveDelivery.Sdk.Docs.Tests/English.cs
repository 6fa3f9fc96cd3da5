using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProgressiveDelivery.Sdk.Docs.Tests;

/// <summary>The rules of house English that a program can check. Each complaint is one line: file, line, what is wrong, what to write instead.</summary>
internal static partial class English
{
    public const int MaxColumns = 120;

    /// <summary>Complains about summaries that open with a question word, or with "Says" or "Tells".</summary>
    public static IEnumerable<string> Summaries(string file, string code) =>
        from Match opening in SummaryOpening().Matches(code)
        let word = opening.Groups["word"]
        select $"{At(file, code, word.Index)}: the summary opens with '{word.Value}'. Open a method's with a verb (\"Returns …\", \"Reads …\", \"Adds …\"), any other with a noun (\"The …\").";

    /// <summary>Complains about words that make a person of the code.</summary>
    public static IEnumerable<string> Words(string file, string text) =>
        from Match word in Person().Matches(text)
        select $"{At(file, text, word.Index)}: '{word.Value}'. Write {Instead(word.Value)}.";

    /// <summary>Complains about fields and constants that name a limit by a superlative.</summary>
    public static IEnumerable<string> Limits(string file, string code) =>
        from variable in Variables(code)
        where variable.Parent?.Parent is FieldDeclarationSyntax or LocalDeclarationStatementSyntax { IsConst: true }
        let name = variable.Identifier.ValueText
        let superlative = Superlative().Match(name)
        where superlative is { Success: true, Index: 0 }
        select $"{At(file, code, variable.SpanStart)}: '{name}'. Name it '{(superlative.Value == "Shortest" ? "Min" : "Max")}{(name.Length > superlative.Length ? name[superlative.Length..] : "…")}', after what it limits.";

    /// <summary>Complains about the words of <see cref="Words"/> in a page, code aside.</summary>
    public static IEnumerable<string> WordsOfPage(string file, string page) => Words(file, WithoutCode(page));

    /// <summary>Complains about lines of prose that are too long. Code, tables and lines that are one link or address may be longer.</summary>
    public static IEnumerable<string> Columns(string file, string page) =>
        WithoutFences(page).Split('\n')
            .Select((text, index) => (Text: text.TrimEnd('\r'), Number: index + 1))
            .Where(line => line.Text.Length > MaxColumns && !Unbreakable().IsMatch(line.Text))
            .Select(line => $"{file}:{line.Number}: {line.Text.Length} columns. Wrap the paragraph at {MaxColumns}.");

    // Parsing is slow, and few files have such a name at all.
    private static IEnumerable<VariableDeclaratorSyntax> Variables(string code) =>
        Superlative().IsMatch(code) ? CSharpSyntaxTree.ParseText(code).GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>() : [];

    private static string Instead(string word) => word.ToLowerInvariant() switch
    {
        "nobody" => "\"no caller\", \"no user\", \"nothing\", or the sentence without \"not\"",
        "somebody" => "\"a person\", \"an operator\", \"another process\", or the passive voice",
        "whoever" => "\"a caller that …\", \"the operator who …\", or \"every unit that …\"",
        _ => "\"recovers\" or \"recovered\"",
    };

    private static string At(string file, string text, int position) => $"{file}:{text.AsSpan(0, position).Count('\n') + 1}";

    private static string WithoutCode(string page) => Span().Replace(WithoutFences(page), Blank);

    private static string WithoutFences(string page) => Fence().Replace(page, Blank);

    // Line ends stay, so that a complaint names the line of the page.
    private static string Blank(Match code) => NotALineEnd().Replace(code.Value, "");

    [GeneratedRegex(@"<summary>(?:\s|///)*(?<word>What|Who|Whose|Whether|How|Where|When|Why|Which|Says|Tells)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex SummaryOpening();

    [GeneratedRegex(@"\b(?:nobody|somebody|whoever|well(?:\s|///?)+again)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Person();

    [GeneratedRegex(@"\b(?:Most|Longest|Shortest|Deepest)(?![a-z])")]
    private static partial Regex Superlative();

    [GeneratedRegex(@"^\ *(?<fence>`{3,})[^\n]*\n.*?^\ *\k<fence>\ *\r?$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<ticks>`+)(?!`).+?(?<!`)\k<ticks>(?!`)", RegexOptions.ExplicitCapture)]
    private static partial Regex Span();

    [GeneratedRegex(@"[^\n]")]
    private static partial Regex NotALineEnd();

    [GeneratedRegex(@"^\s*(?:\||(?:(?:[-*+]|\d+\.)\s+)?(?:\[[^\]]*\]\([^)\s]*\)|\[[^\]]*\]:\s*\S+|<?https?://\S+?>?)[.,;]?\s*$)")]
    private static partial Regex Unbreakable();
}
