using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Docs.Tests.Api;

/// <summary>The page of one namespace.</summary>
/// <param name="name">The namespace.</param>
/// <param name="types">Its types.</param>
/// <param name="documentation">What is written about them.</param>
/// <param name="all">The types of all pages, for links.</param>
internal sealed class ApiPage(string name, IReadOnlyList<INamedTypeSymbol> types, Documentation documentation, IReadOnlyList<INamedTypeSymbol> all)
{
    private readonly DocumentationText _text = new(name, all);
    private readonly StringBuilder _page = new();

    public string Write()
    {
        string[] packages = [.. types.Select(type => type.ContainingAssembly.Name).Distinct().Order(StringComparer.Ordinal)];
        Add($"# {name}");
        Add("Generated from the XML documentation. [All namespaces](README.md)");
        if (packages.Length == 1)
            Add($"Package: `{packages[0]}`");
        Add(string.Join('\n', types.Select(Entry)));
        foreach (var type in types)
            AddType(type, packages.Length > 1);
        return _page.ToString().TrimEnd('\n') + "\n";
    }

    private string Entry(INamedTypeSymbol type)
    {
        var summary = documentation.Of(type).FirstOrDefault(element => element.Name == "summary") is { } found ? ": " + _text.Line(found) : "";
        return Wrapping.Wrap($"[`{ApiNames.Of(type)}`](#{ApiNames.Anchor(type)}){summary}", "- ", "  ");
    }

    private void AddType(INamedTypeSymbol type, bool withPackage)
    {
        Add($"## `{ApiNames.Of(type)}` {ApiNames.KindOf(type)}");
        if (withPackage)
            Add($"Package: `{type.ContainingAssembly.Name}`");
        AddSymbol(type);
        if (type.TypeKind == TypeKind.Enum)
        {
            AddValues(type);
            return;
        }

        foreach (var members in ApiTypes.Members(type, documentation).GroupBy(ApiNames.Of))
        {
            Add("### " + members.Key);
            foreach (var member in members)
                AddSymbol(member);
        }
    }

    private void AddValues(INamedTypeSymbol type)
    {
        var values = ApiTypes.Members(type, documentation).Cast<IFieldSymbol>().Select(value =>
        {
            var summary = documentation.Of(value).FirstOrDefault(element => element.Name == "summary") is { } found ? ": " + _text.Line(found) : "";
            return Wrapping.Wrap(string.Create(null, $"`{value.Name}` ({value.ConstantValue}){summary}"), "- ", "  ");
        });
        Add(string.Join('\n', values));
    }

    private void AddSymbol(ISymbol symbol)
    {
        Add($"```csharp\n{Signature.Of(symbol)}\n```");
        var elements = documentation.Of(symbol);
        AddBlocks(elements, "summary");
        // A record's parameters are its properties, which have sections of their own.
        var isRecord = symbol is INamedTypeSymbol { TypeKind: not TypeKind.Delegate };
        var details = elements.Select(element => Detail(element, isRecord)).OfType<string>().ToList();
        if (details.Count > 0)
            Add(string.Join('\n', details));
        AddBlocks(elements, "value");
        AddBlocks(elements, "remarks");
        AddBlocks(elements, "example");
    }

    private string? Detail(XElement element, bool isRecord) => element.Name.LocalName switch
    {
        "typeparam" => Item(element, $"- `{element.Attribute("name")?.Value}`: "),
        "param" when !isRecord => Item(element, $"- `{element.Attribute("name")?.Value}`: "),
        "returns" => Item(element, "- Returns: "),
        "exception" when element.Attribute("cref")?.Value is { } id => Item(element, $"- Throws {_text.Reference(id)}: "),
        _ => null,
    };

    private string? Item(XElement element, string first) => _text.Blocks(element, first, "  ") is { Count: > 0 } blocks ? string.Join("\n\n", blocks) : null;

    private void AddBlocks(IEnumerable<XElement> elements, string kind)
    {
        foreach (var block in elements.Where(element => element.Name == kind).SelectMany(element => _text.Blocks(element)))
            Add(block);
    }

    private void Add(string block) => _page.Append(block).Append("\n\n");
}
