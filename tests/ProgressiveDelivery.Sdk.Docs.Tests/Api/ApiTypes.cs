using Microsoft.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Docs.Tests.Api;

/// <summary>Selects what users of an assembly can see.</summary>
internal static class ApiTypes
{
    // The compiler gives these to every record; one that has documentation of its own is shown.
    private static readonly HashSet<string> OfRecords = ["Equals", "GetHashCode", "ToString", "Deconstruct", "<Clone>$", "PrintMembers", "EqualityContract", "op_Equality", "op_Inequality"];

    /// <summary>Returns the public types of an assembly, nested ones too.</summary>
    public static IEnumerable<INamedTypeSymbol> Of(IAssemblySymbol assembly) => Of(assembly.GlobalNamespace);

    /// <summary>Returns the visible members of a type, in the order of a page.</summary>
    public static IEnumerable<ISymbol> Members(INamedTypeSymbol type, Documentation documentation) =>
        type.TypeKind == TypeKind.Delegate ? [] : type.GetMembers()
            .Where(IsVisible)
            .Where(member => IsShown(member, documentation))
            .OrderBy(Place)
            .ThenBy(member => type.TypeKind == TypeKind.Enum ? 0 : 1)
            .ThenBy(member => type.TypeKind == TypeKind.Enum ? "" : member.Name, StringComparer.Ordinal)
            .ThenBy(member => type.TypeKind == TypeKind.Enum ? "" : member.GetDocumentationCommentId(), StringComparer.Ordinal);

    private static IEnumerable<INamedTypeSymbol> Of(INamespaceSymbol space) =>
        space.GetTypeMembers().SelectMany(WithNested).Concat(space.GetNamespaceMembers().SelectMany(Of));

    private static IEnumerable<INamedTypeSymbol> WithNested(INamedTypeSymbol type) =>
        IsVisible(type) ? type.GetTypeMembers().SelectMany(WithNested).Prepend(type) : [];

    private static bool IsVisible(ISymbol symbol) => symbol.DeclaredAccessibility switch
    {
        Accessibility.Public => true,
        Accessibility.Protected or Accessibility.ProtectedOrInternal => !symbol.ContainingType.IsSealed,
        _ => false,
    };

    private static bool IsShown(ISymbol member, Documentation documentation) => member switch
    {
        INamedTypeSymbol => false,
        IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove } => false,
        IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0 } => documentation.Has(member),
        IFieldSymbol { Name: "value__" } => false,
        _ => !OfRecords.Contains(member.Name) || documentation.HasOwn(member),
    };

    private static int Place(ISymbol member) => member switch
    {
        IFieldSymbol => 0,
        IMethodSymbol { MethodKind: MethodKind.Constructor } => 1,
        IPropertySymbol => 2,
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } => 4,
        IMethodSymbol => 3,
        _ => 5,
    };
}
