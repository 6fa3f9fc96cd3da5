using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProgressiveDelivery.Sdk.Docs.Tests;

/// <summary>
/// Compiles the C# blocks of a page, each as what its marker says: <c>statements</c> of a method that has
/// <c>features</c>, <c>context</c> and the like at hand, <c>members</c> of a test class, or, unmarked, a file of its own. A block that declares nothing
/// but types is at the disposal of the page's later blocks, and so are the namespaces that a block imports in its first lines. Nothing else is
/// imported than what a new project imports by itself: a reader has no more.
/// </summary>
internal static partial class SnippetCompiler
{
    /// <summary>Starts the marker of a block that is left alone; the reason follows.</summary>
    public const string Excluded = "not compiled:";

    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);

    private static readonly (string Name, MetadataReference Reference)[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => (Path.GetFileName(file), (MetadataReference)MetadataReference.CreateFromFile(file)))];

    // An await that a block about something else has no use for, names that are shown without being used; and, as in any project, references to older frameworks.
    private static readonly Dictionary<string, ReportDiagnostic> Unimportant = new()
    {
        ["CS1998"] = ReportDiagnostic.Suppress,
        ["CS0219"] = ReportDiagnostic.Suppress,
        ["CS8321"] = ReportDiagnostic.Suppress,
        ["CS1701"] = ReportDiagnostic.Suppress,
    };

    /// <summary>The warnings and errors of one block of a page, at lines of the page.</summary>
    public static IReadOnlyList<string> Compile(Page page, CodeBlock block)
    {
        var project = Surroundings.Of(page);
        var tree = Parse(Wrap(block, project));
        CodeBlock[] earlier = [.. page.Blocks.TakeWhile(other => other != block).Where(other => other.Language == "csharp" && !IsExcluded(other))];
        var types = earlier.Where(other => other.Marker is null).Select(other => Parse(WithoutUsings(other.Code))).Where(DeclaresTypesOnly);
        var usings = Parse(string.Join('\n', [project.Usings, .. earlier.Append(block).SelectMany(UsingsOf).Distinct().Select(name => $"global using {name};")]));
        var kind = HasStatements(tree) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var options = new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable, specificDiagnosticOptions: Unimportant);
        var references = References.Where(reference => project.HasReference(reference.Name)).Select(reference => reference.Reference);
        var compilation = CSharpCompilation.Create("Snippet", [usings, tree, .. types], references, options);
        return [.. compilation.GetDiagnostics()
            .Where(found => found.Severity >= DiagnosticSeverity.Warning && (found.Location.SourceTree is null || found.Location.SourceTree == tree))
            .Select(found => $"{block.Page}:{LineOf(found, block)}: {found.Id}: {found.GetMessage(null)}")];
    }

    private static string Wrap(CodeBlock block, Surroundings project) => block.Marker switch
    {
        null => WithoutUsings(block.Code),
        "statements" => project.Method(WithoutUsings(block.Code)),
        "members" => Surroundings.Class(WithoutUsings(block.Code)),
        _ => throw new ArgumentException($"{block.Page}:{block.Line}: marker '{block.Marker}' is not known. Write 'statements', 'members' or '{Excluded} reason', or none for a file of its own."),
    };

    private static bool IsExcluded(CodeBlock block) => block.Marker?.StartsWith(Excluded, StringComparison.Ordinal) == true;

    private static IEnumerable<string> UsingsOf(CodeBlock block) => Leading().Match(block.Code).Groups["name"].Captures.Select(name => name.Value);

    // The lines stay, empty, so that those after them keep their numbers.
    private static string WithoutUsings(string code) => Leading().Replace(code, found => new string('\n', found.Value.Count(character => character == '\n')), 1);

    [GeneratedRegex(@"\A(using (?<name>[\w.]+);( *//.*)?\n|\n)*", RegexOptions.ExplicitCapture)]
    private static partial Regex Leading();

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, Parsing);

    private static bool HasStatements(SyntaxTree tree) => tree.GetCompilationUnitRoot().Members.Any(member => member is GlobalStatementSyntax);

    private static bool DeclaresTypesOnly(SyntaxTree tree) => !HasStatements(tree) && tree.GetCompilationUnitRoot().Members.Count > 0;

    // The wrapping says "#line 1" before the block's first line, so that mapped lines count from there.
    private static int LineOf(Diagnostic found, CodeBlock block) => block.Line + found.Location.GetMappedLineSpan().StartLinePosition.Line;
}
