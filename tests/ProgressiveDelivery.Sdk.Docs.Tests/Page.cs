using System.Text.RegularExpressions;

namespace ProgressiveDelivery.Sdk.Docs.Tests;

/// <summary>A page of documentation, and what can be checked of it.</summary>
internal sealed partial class Page
{
    private Page(string name, string text)
    {
        Name = name;
        Text = text;
        Project = ProjectName().Match(text) is { Success: true } found ? found.Groups["project"].Value : null;
        Blocks = [.. Fence().Matches(text).Select(ToBlock)];
    }

    /// <summary>The file, from the repository's root.</summary>
    public string Name { get; }

    public string Text { get; }

    /// <summary>The kind of project that its snippets are for, if a comment names one.</summary>
    public string? Project { get; }

    public IReadOnlyList<CodeBlock> Blocks { get; }

    /// <summary>The targets of its links; not those inside code.</summary>
    public IEnumerable<string> Targets => Link().Matches(Fence().Replace(Text, "")).Select(link => link.Groups["target"].Value);

    /// <summary>The targets of its links, without their fragments.</summary>
    public IEnumerable<string> Links => Targets.Select(target => target.Split('#')[0]).Where(target => target.Length > 0);

    public static Page Load(string name) => new(name, File.ReadAllText(Repository.PathOf(name)));

    public static Page Of(string text) => new("page.md", text);

    private CodeBlock ToBlock(Match match) => new(
        Name,
        Line: Text.AsSpan(0, match.Groups["code"].Index).Count('\n') + 1,
        Language: match.Groups["language"].Value,
        Marker: match.Groups["marker"].Success ? match.Groups["marker"].Value : null,
        Code: match.Groups["code"].Value);

    // A marker is a comment on the line before the block; it is not shown when the page is read.
    [GeneratedRegex("""(?:^<!--\ *snippet:\ *(?<marker>[^\n]*?)\ *-->\n)?^(?<fence>`{3,})(?<language>\w*)[^\n]*\n(?<code>.*?)^\k<fence>\ *$""", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^<!-- project: (?<project>\w+) -->$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ProjectName();

    [GeneratedRegex(@"\]\((?<target>[^)\s]*)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page's name.</param>
/// <param name="Line">The line of the page on which the code begins.</param>
/// <param name="Language">What it is written in, as its fence says.</param>
/// <param name="Marker">What a comment before it says of it.</param>
/// <param name="Code">The code.</param>
internal sealed record CodeBlock(string Page, int Line, string Language, string? Marker, string Code);
