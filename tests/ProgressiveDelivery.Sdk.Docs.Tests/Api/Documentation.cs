using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Docs.Tests.Api;

/// <summary>The XML documentation of some assemblies, with <c>inheritdoc</c> resolved.</summary>
internal sealed class Documentation
{
    private readonly Dictionary<string, XElement> _members;

    // What a generator of the framework adds is in several assemblies.
    private Documentation(IEnumerable<XDocument> files) =>
        _members = files.SelectMany(file => file.Descendants("member")).DistinctBy(Name).ToDictionary(Name);

    public static Documentation Load(IEnumerable<string> files) => new(files.Select(file => XDocument.Load(file, LoadOptions.PreserveWhitespace)));

    public static Documentation Parse(string text) => new([XDocument.Parse(text, LoadOptions.PreserveWhitespace)]);

    /// <summary>Returns whether anything is written about a symbol.</summary>
    public bool Has(ISymbol symbol) => _members.ContainsKey(symbol.GetDocumentationCommentId()!);

    /// <summary>Returns whether a summary is written about a symbol itself, not inherited.</summary>
    public bool HasOwn(ISymbol symbol) => _members.TryGetValue(symbol.GetDocumentationCommentId()!, out var member) && member.Element("summary") is not null;

    /// <summary>Returns the elements about a symbol: its own, and of those that it lacks the inherited ones.</summary>
    public IReadOnlyList<XElement> Of(ISymbol symbol) => Of(symbol.GetDocumentationCommentId()!, symbol, []);

    private List<XElement> Of(string id, ISymbol? symbol, HashSet<string> seen)
    {
        if (!_members.TryGetValue(id, out var member) || !seen.Add(id))
            return [];
        List<XElement> elements = [.. member.Elements().Where(element => element.Name != "inheritdoc")];
        if (member.Element("inheritdoc") is { } inherit)
        {
            var known = elements.Select(Key).ToHashSet();
            elements.AddRange(Inherited(inherit, symbol, seen).Where(element => !known.Contains(Key(element))));
        }

        return elements;
    }

    private List<XElement> Inherited(XElement inherit, ISymbol? symbol, HashSet<string> seen)
    {
        if (inherit.Attribute("cref")?.Value is { } named)
            return Of(named, null, seen);
        foreach (var @base in symbol is null ? [] : Bases(symbol))
        {
            var found = Of(@base.OriginalDefinition.GetDocumentationCommentId()!, @base.OriginalDefinition, seen);
            if (found.Count > 0)
                return found;
        }

        return symbol is not null && Bases(symbol).FirstOrDefault() is { } foreign ? [Implements(foreign)] : [];
    }

    private static XElement Implements(ISymbol foreign) =>
        new("summary", "Implements ", new XElement("c", foreign is INamedTypeSymbol type ? ApiNames.Of(type) : $"{ApiNames.Of(foreign.ContainingType)}.{foreign.Name}"), ".");

    private static IEnumerable<ISymbol> Bases(ISymbol symbol)
    {
        if (symbol is INamedTypeSymbol type)
            return type.Interfaces.Cast<ISymbol>().Prepend(type.BaseType).OfType<ISymbol>();
        var overridden = symbol switch
        {
            IMethodSymbol method => method.OverriddenMethod,
            IPropertySymbol property => property.OverriddenProperty,
            IEventSymbol @event => (ISymbol?)@event.OverriddenEvent,
            _ => null,
        };
        var implemented = symbol.ContainingType.AllInterfaces.SelectMany(other => other.GetMembers(symbol.Name))
            .Where(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol));
        return overridden is null ? implemented : implemented.Prepend(overridden);
    }

    private static string Name(XElement member) => member.Attribute("name")!.Value;

    private static (string, string?) Key(XElement element) => (element.Name.LocalName, element.Attribute("name")?.Value ?? element.Attribute("cref")?.Value);
}
