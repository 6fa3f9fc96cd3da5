using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ProgressiveDelivery.Sdk.Docs.Tests.Api;

/// <summary>The reference of the packages' public types: one Markdown page for each namespace, and an index.</summary>
internal sealed class ApiReference
{
    /// <summary>The folder of the pages, from the repository's root.</summary>
    public const string Folder = "docs/api";

    /// <summary>Writes the pages again, in a shell.</summary>
    public const string Command = "UPDATE_API_DOCS=1 dotnet test tests/ProgressiveDelivery.Sdk.Docs.Tests --filter ApiReference";

    private readonly List<INamedTypeSymbol> _types;
    private readonly Documentation _documentation;

    private ApiReference(IEnumerable<INamedTypeSymbol> types, Documentation documentation) =>
        (_types, _documentation) = ([.. types.OrderBy(ApiNames.Of, StringComparer.Ordinal).ThenBy(type => type.ContainingAssembly.Name, StringComparer.Ordinal)], documentation);

    /// <summary>Reads the assemblies of all projects under <c>src</c>, as they were built beside the tests.</summary>
    public static ApiReference OfPackages()
    {
        string[] packages = [.. Repository.Packages];
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file)).ToList();
        var compilation = CSharpCompilation.Create("Reference", references: references);
        var assemblies = references.Where(reference => packages.Contains(Path.GetFileNameWithoutExtension(reference.FilePath))).ToList();
        var documentation = Documentation.Load(assemblies.Select(reference => Path.ChangeExtension(reference.FilePath!, ".xml")));
        return new(assemblies.SelectMany(reference => ApiTypes.Of((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!)), documentation);
    }

    /// <summary>Reads one assembly, and the XML text that its compiler wrote.</summary>
    public static ApiReference Of(IAssemblySymbol assembly, string documentation) => new(ApiTypes.Of(assembly), Documentation.Parse(documentation));

    /// <summary>Returns the text of each page by its file's name.</summary>
    public SortedDictionary<string, string> Pages()
    {
        var pages = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["README.md"] = ApiIndex.Write(_types) };
        foreach (var types in _types.GroupBy(type => type.ContainingNamespace.ToDisplayString()))
            pages.Add(types.Key + ".md", new ApiPage(types.Key, [.. types], _documentation, [.. _types]).Write());
        return pages;
    }
}
