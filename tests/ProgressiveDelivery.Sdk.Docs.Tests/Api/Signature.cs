using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Docs.Tests.Api;

/// <summary>Writes declarations as C# does.</summary>
internal static class Signature
{
    private static readonly SymbolDisplayFormat Format = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeConstantValue,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.StaticMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        kindOptions: SymbolDisplayKindOptions.IncludeMemberKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    // Inside another declaration, constraints are those of the other.
    private static readonly SymbolDisplayFormat Inner = Format.RemoveGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeConstraints);

    private static readonly SymbolDisplayFormat Typed = Format.AddKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword);

    public static string Of(ISymbol symbol) => Experiment(symbol) + Declaration(symbol);

    private static string Declaration(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol { TypeKind: TypeKind.Delegate } type => Wrapped("public " + type.ToDisplayString(Typed.AddMemberOptions(SymbolDisplayMemberOptions.IncludeType)), type.DelegateInvokeMethod!.Parameters),
        INamedTypeSymbol type => OfType(type),
        IMethodSymbol method => Wrapped(method.ToDisplayString(Format), method.Parameters),
        IPropertySymbol property => Wrapped(property.ToDisplayString(Format), property.Parameters),
        _ => symbol.ToDisplayString(Format),
    };

    private static string OfType(INamedTypeSymbol type)
    {
        var modifiers = type switch
        {
            { TypeKind: not TypeKind.Class } => "",
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        var declaration = type.ToDisplayString(Typed);
        var constraints = declaration.IndexOf(" where ", StringComparison.Ordinal);
        var (head, tail) = constraints < 0 ? (declaration, "") : (declaration[..constraints], declaration[constraints..]);
        var bases = string.Join(", ", Bases(type).Select(@base => @base.ToDisplayString(Inner)));
        return (IsFlags(type) ? "[Flags]\n" : "") + "public " + modifiers + head + (bases.Length > 0 ? " : " + bases : "") + tail;
    }

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Class && type.BaseType is { SpecialType: not SpecialType.System_Object } @base)
            yield return @base;
        if (type.TypeKind == TypeKind.Enum)
            yield break;
        // Behind an interface that users cannot see stand those that it extends.
        var seen = type.Interfaces.SelectMany(own => IsPublic(own) ? [own] : own.AllInterfaces.Where(IsPublic)).ToHashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var implied = seen.SelectMany(other => other.AllInterfaces).Concat(type.BaseType?.AllInterfaces ?? []).ToHashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var own in seen.Where(own => !implied.Contains(own) && !IsEqualityOfRecord(type, own)).OrderBy(own => own.Name, StringComparer.Ordinal))
            yield return own;
    }

    private static bool IsPublic(INamedTypeSymbol type) => type.DeclaredAccessibility == Accessibility.Public;

    private static bool IsEqualityOfRecord(INamedTypeSymbol type, INamedTypeSymbol own) => type.IsRecord && own.Name == "IEquatable";

    private static string Experiment(ISymbol symbol) => symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == nameof(ExperimentalAttribute)) is { } experiment
        ? $"[Experimental(\"{experiment.ConstructorArguments[0].Value}\")]\n"
        : "";

    private static bool IsFlags(INamedTypeSymbol type) => type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == nameof(FlagsAttribute));

    private static string Wrapped(string declaration, IReadOnlyList<IParameterSymbol> parameters)
    {
        if (declaration.Length <= Wrapping.Columns || parameters.Count == 0)
            return declaration;
        string[] each = [.. parameters.Select(parameter => (IsReceiver(parameter) ? "this " : "") + parameter.ToDisplayString(Inner))];
        var lines = string.Join(",\n", each.Select(parameter => "    " + parameter));
        return declaration.Replace($"({string.Join(", ", each)})", $"(\n{lines})", StringComparison.Ordinal);
    }

    private static bool IsReceiver(IParameterSymbol parameter) => parameter is { Ordinal: 0, ContainingSymbol: IMethodSymbol { IsExtensionMethod: true } };
}
