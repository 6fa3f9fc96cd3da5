using FluentAssertions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ProgressiveDelivery.Sdk.Docs.Tests.Api;

/// <summary>The reference says what the packages say, and its form is fit to read.</summary>
public sealed class ApiReferenceTests
{
    private static readonly Lazy<SortedDictionary<string, string>> Generated = new(() => ApiReference.OfPackages().Pages());

    [Fact]
    public void CommittedPagesAreThoseThatTheBuildGenerates()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_API_DOCS") == "1")
            Update();

        var committed = Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.md").ToDictionary(file => Path.GetFileName(file)!, File.ReadAllText) : [];
        var outdated = Generated.Value.Keys.Union(committed.Keys).Order(StringComparer.Ordinal)
            .Where(name => Generated.Value.GetValueOrDefault(name) != committed.GetValueOrDefault(name)?.ReplaceLineEndings("\n"));

        outdated.Should().BeEmpty($"the pages in {ApiReference.Folder} are generated; write them again with '{ApiReference.Command}'");
    }

    [Fact]
    public void EveryTypeHasASummary() =>
        Generated.Value.Where(page => page.Key != "README.md").SelectMany(page => page.Value.Split('\n')).Where(line => line.StartsWith("- [`", StringComparison.Ordinal) && line.EndsWith(')'))
            .Should().BeEmpty();

    [Fact]
    public void EveryLinkLeadsToAHeading()
    {
        var headings = Generated.Value.ToDictionary(page => page.Key, page => page.Value.Split('\n').Where(line => line.StartsWith("## `", StringComparison.Ordinal)).Select(Slug).ToHashSet());

        foreach (var (name, text) in Generated.Value)
        {
            foreach (var target in Page.Of(text).Targets.Where(target => target.Contains('#', StringComparison.Ordinal) && !target.Contains("://", StringComparison.Ordinal)))
            {
                var parts = target.Split('#');
                headings[parts[0].Length == 0 ? name : parts[0]].Should().Contain(parts[1], $"{name} links to it");
            }
        }
    }

    [Fact]
    public void ProseIsWrapped() =>
        Generated.Value.SelectMany(page => Prose(page.Value)).Where(line => line.Length > Wrapping.Columns && line.TrimStart(' ', '-').Contains(' ', StringComparison.Ordinal)).Should().BeEmpty();

    [Fact]
    public void TypeIsShownWithItsMembers() => PageOf("""
        /// <summary>Reads <see cref="Kind"/>s, at most <c>limit</c> of them.</summary>
        /// <remarks>Is safe to use from <paramref name="x"/> several threads.<para>Is * cheap.</para></remarks>
        public abstract class Reader<T> : System.IDisposable where T : class
        {
            /// <summary>Reads all.</summary>
            /// <param name="text">What is read.</param>
            /// <param name="limit">How many, at most.</param>
            /// <returns>null if there is none.</returns>
            /// <exception cref="System.ArgumentException">The text is empty.</exception>
            public T? Read(string text, int limit = 3) => null;
            /// <inheritdoc/>
            public void Dispose() { }
            internal int Hidden { get; set; }
        }
        /// <summary>The kind.</summary>
        public enum Kind
        {
            /// <summary>Large.</summary>
            Large,
            /// <summary>Small, as <see cref="Reader{T}.Read"/> says.</summary>
            Small,
        }
        """).Should().Be("""
        # Made

        Generated from the XML documentation. [All namespaces](README.md)

        Package: `Made`

        - [`Kind`](#kind-enum): The kind.
        - [`Reader<T>`](#readert-class): Reads [`Kind`](#kind-enum)s, at most `limit` of them.

        ## `Kind` enum

        ```csharp
        public enum Kind
        ```

        The kind.

        - `Large` (0): Large.
        - `Small` (1): Small, as [`Reader<T>.Read`](#readert-class) says.

        ## `Reader<T>` class

        ```csharp
        public abstract class Reader<T> : IDisposable where T : class
        ```

        Reads [`Kind`](#kind-enum)s, at most `limit` of them.

        Is safe to use from `x` several threads.

        Is \* cheap.

        ### Dispose

        ```csharp
        public void Dispose()
        ```

        Implements `IDisposable.Dispose`.

        ### Read

        ```csharp
        public T? Read(string text, int limit = 3)
        ```

        Reads all.

        - `text`: What is read.
        - `limit`: How many, at most.
        - Returns: null if there is none.
        - Throws `ArgumentException`: The text is empty.

        """);

    [Fact]
    public void RecordShowsItsPropertiesAndNotWhatTheCompilerAdds() => PageOf("""
        /// <summary>A pair.</summary>
        /// <param name="First">The first.</param>
        public sealed record Pair(string? First)
        {
            /// <summary>The second.</summary>
            public required int Second { get; init; }
        }
        """).Split("## `Pair` record")[1].Should().Be("""


        ```csharp
        public sealed record Pair
        ```

        A pair.

        ### Constructor

        ```csharp
        public Pair(string? First)
        ```

        A pair.

        - `First`: The first.

        ### First

        ```csharp
        public string? First { get; init; }
        ```

        The first.

        ### Second

        ```csharp
        public required int Second { get; init; }
        ```

        The second.

        """);

    [Fact]
    public void LongSignatureHasALineForEachParameter() => PageOf("""
        /// <summary>Extends texts.</summary>
        public static class Texts
        {
            /// <summary>Finds one.</summary>
            public static string? FindTheFirstOne<TItem>(this string text, System.Collections.Generic.IEnumerable<TItem> itemsToLookFor, string otherwise = "none") where TItem : notnull => null;
        }
        """).Should().Contain("""
        ```csharp
        public static string? FindTheFirstOne<TItem>(
            this string text,
            IEnumerable<TItem> itemsToLookFor,
            string otherwise = "none") where TItem : notnull
        ```
        """);

    [Fact]
    public void WrappedLineBeginsWithNoMarkOfMarkdown() =>
        Wrapping.Wrap($"{new string('a', 100)} {new string('b', 15)} 1970. And so on.").Should().Be($"{new string('a', 100)}\n{new string('b', 15)} 1970. And so on.");

    private static string Folder => Repository.PathOf(ApiReference.Folder);

    private static void Update()
    {
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.GetFiles(Folder, "*.md"))
            File.Delete(file);
        foreach (var (name, text) in Generated.Value)
            File.WriteAllText(Path.Combine(Folder, name), text);
    }

    private static string PageOf(string source)
    {
        var tree = CSharpSyntaxTree.ParseText("namespace Made;\n" + source, new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.Diagnose));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => (MetadataReference)MetadataReference.CreateFromFile(file)).ToList();
        var compiled = CSharpCompilation.Create("Made", [tree], references, new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new(), documentation = new();
        compiled.Emit(image, xmlDocumentationStream: documentation).Success.Should().BeTrue();
        var reference = MetadataReference.CreateFromImage(image.ToArray());
        var user = CSharpCompilation.Create("User", references: [.. references, reference]);
        return ApiReference.Of((IAssemblySymbol)user.GetAssemblyOrModuleSymbol(reference)!, System.Text.Encoding.UTF8.GetString(documentation.ToArray())).Pages()["Made.md"];
    }

    // As the forges make the fragment of a heading.
    private static string Slug(string heading) =>
        string.Concat(heading[3..].Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')).Replace(' ', '-').ToLowerInvariant();

    private static IEnumerable<string> Prose(string page)
    {
        var isCode = false;
        foreach (var line in page.Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
                isCode = !isCode;
            else if (!isCode && !line.StartsWith('#'))
                yield return line;
        }
    }
}
