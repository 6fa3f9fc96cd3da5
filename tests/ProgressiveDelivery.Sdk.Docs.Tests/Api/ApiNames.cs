using Microsoft.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Docs.Tests.Api;

/// <summary>The names by which pages speak of types and members, and the anchors of types.</summary>
internal static class ApiNames
{
    private static readonly SymbolDisplayFormat Short = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>The name of a type with those around it: <c>Outer.Inner&lt;T&gt;</c>.</summary>
    public static string Of(INamedTypeSymbol type) => type.ToDisplayString(Short);

    /// <summary>The name of a member, without its type: <c>Read</c>, <c>operator ==</c>.</summary>
    public static string Of(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => "Constructor",
        IMethodSymbol { MethodKind: MethodKind.Conversion } => "Conversions",
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator } => "Operators",
        IPropertySymbol { IsIndexer: true } => "Indexer",
        _ => member.Name,
    };

    /// <summary>The word for the kind of a type.</summary>
    public static string KindOf(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Enum => "enum",
        TypeKind.Interface => "interface",
        TypeKind.Struct => "struct",
        TypeKind.Delegate => "delegate",
        _ => type.IsRecord ? "record" : "class",
    };

    /// <summary>The fragment that a heading <c>`Name` kind</c> gets on a page: the kind keeps it apart from members of the same name.</summary>
    public static string Anchor(INamedTypeSymbol type) =>
        string.Concat($"{Of(type)} {KindOf(type)}".Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')).Replace(' ', '-').ToLowerInvariant();

    /// <summary>The file of a type's page.</summary>
    public static string Page(INamedTypeSymbol type) => type.ContainingNamespace.ToDisplayString() + ".md";

    /// <summary>A link to a type from an index or another page.</summary>
    public static string Link(INamedTypeSymbol type) => $"[`{Of(type)}`]({Page(type)}#{Anchor(type)})";
}
