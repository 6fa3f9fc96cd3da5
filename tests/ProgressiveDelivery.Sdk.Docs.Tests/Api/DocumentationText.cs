using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Docs.Tests.Api;

/// <summary>Writes the content of XML documentation as Markdown.</summary>
/// <param name="page">The namespace of the page, so that links within it stay short.</param>
/// <param name="types">The types that have a section on some page.</param>
internal sealed partial class DocumentationText(string page, IReadOnlyList<INamedTypeSymbol> types)
{
    private readonly Dictionary<string, INamedTypeSymbol> _types = types.DistinctBy(type => type.GetDocumentationCommentId()).ToDictionary(type => type.GetDocumentationCommentId()!);

    /// <summary>Returns the paragraphs, lists and code of an element, each wrapped.</summary>
    public IReadOnlyList<string> Blocks(XElement element, string first = "", string indent = "")
    {
        var blocks = new List<string>();
        var paragraph = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            if (node is XElement { Name.LocalName: "para" or "list" or "code" or "example" } block)
            {
                End();
                Add(block);
            }
            else
            {
                paragraph.Append(Inline(node));
            }
        }

        End();
        return blocks;

        void End()
        {
            if (!string.IsNullOrWhiteSpace(paragraph.ToString()))
                blocks.Add(Wrapping.Wrap(Space().Replace(paragraph.ToString(), " ").Trim(), blocks.Count == 0 ? first : indent, indent));
            paragraph.Clear();
        }

        void Add(XElement block)
        {
            if (block.Name == "code")
                blocks.Add(Indented($"```csharp\n{Unindented(block.Value)}\n```", indent));
            else if (block.Name == "list")
                blocks.AddRange(block.Elements("item").Select(item => string.Join("\n\n", Blocks(item, indent + "- ", indent + "  "))));
            else
                blocks.AddRange(Blocks(block, blocks.Count == 0 ? first : indent, indent));
        }
    }

    /// <summary>Returns the element as one line.</summary>
    public string Line(XElement element) => Space().Replace(string.Concat(element.Nodes().Select(Inline)), " ").Trim();

    /// <summary>Returns a link to what a documentation id names, or its name as code.</summary>
    public string Reference(string id)
    {
        var name = Name(id);
        var type = id[0] == 'T' || id[0] == '!' ? id : "T:" + Owner(id);
        if (!_types.TryGetValue(type, out var found))
            return $"`{name}`";
        var text = id[0] == 'T' ? ApiNames.Of(found) : $"{ApiNames.Of(found)}.{name}";
        var file = found.ContainingNamespace.ToDisplayString() == page ? "" : ApiNames.Page(found);
        return $"[`{text}`]({file}#{ApiNames.Anchor(found)})";
    }

    private string Inline(XNode node) => node switch
    {
        XText text => Escape(text.Value),
        XElement { Name.LocalName: "see" or "seealso" } see when see.Attribute("cref")?.Value is { } id => Reference(id),
        XElement { Name.LocalName: "see" } see when see.Attribute("langword")?.Value is { } word => $"`{word}`",
        XElement { Name.LocalName: "see" } see when see.Attribute("href")?.Value is { } address => $"[{(see.Value.Length > 0 ? Escape(see.Value) : address)}]({address})",
        XElement { Name.LocalName: "paramref" or "typeparamref" } named => $"`{named.Attribute("name")?.Value}`",
        XElement { Name.LocalName: "c" } code => Code(Space().Replace(code.Value, " ").Trim()),
        XElement { Name.LocalName: "i" or "em" } other => $"*{string.Concat(other.Nodes().Select(Inline))}*",
        XElement { Name.LocalName: "b" or "strong" } other => $"**{string.Concat(other.Nodes().Select(Inline))}**",
        XElement other => string.Concat(other.Nodes().Select(Inline)),
        _ => "",
    };

    private static string Code(string text) => text.Contains('`', StringComparison.Ordinal) ? $"`` {text} ``" : $"`{text}`";

    private static string Escape(string text) => Special().Replace(text, @"\$0");

    private static string Owner(string id) => WithoutParameters(id[2..]) is var path && path.LastIndexOf('.') is >= 0 and var dot ? path[..dot] : path;

    private static string Name(string id)
    {
        var path = WithoutParameters(id[2..]);
        var name = Arity().Replace(path[(path.LastIndexOf('.') + 1)..], "");
        return name == "#ctor" ? "Constructor" : name;
    }

    private static string WithoutParameters(string path) => path.Split('(')[0];

    private static string Unindented(string code)
    {
        var lines = code.Split('\n').SkipWhile(string.IsNullOrWhiteSpace).ToList();
        while (lines.Count > 0 && string.IsNullOrWhiteSpace(lines[^1]))
            lines.RemoveAt(lines.Count - 1);
        var margin = lines.Where(line => !string.IsNullOrWhiteSpace(line)).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length >= margin ? line[margin..].TrimEnd() : ""));
    }

    private static string Indented(string text, string indent) => indent + text.Replace("\n", "\n" + indent, StringComparison.Ordinal);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"[\\*<\[`]|(?<!\w)_|_(?!\w)")]
    private static partial Regex Special();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Arity();
}
