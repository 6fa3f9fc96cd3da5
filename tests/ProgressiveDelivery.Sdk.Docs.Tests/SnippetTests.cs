using FluentAssertions;

namespace ProgressiveDelivery.Sdk.Docs.Tests;

/// <summary>What a reader copies from a page compiles.</summary>
public sealed class SnippetTests
{
    public static TheoryData<string, int> Snippets => Find(marker => !IsExcluded(marker));

    public static TheoryData<string, int> ExcludedSnippets => Find(IsExcluded);

    [Theory]
    [MemberData(nameof(Snippets))]
    public void EverySnippetCompiles(string name, int line)
    {
        var page = Page.Load(name);
        var block = page.Blocks.Single(block => block.Line == line);

        SnippetCompiler.Compile(page, block).Should().BeEmpty();
    }

    [Fact]
    public void AnExcludedSnippetSaysWhy()
    {
        foreach (var row in ExcludedSnippets)
        {
            var block = Page.Load((string)row[0]).Blocks.Single(block => block.Line == (int)row[1]);

            block.Marker![SnippetCompiler.Excluded.Length..].Should().NotBeNullOrWhiteSpace($"{block.Page}:{block.Line} is left out");
        }
    }

    [Fact]
    public void ABrokenSnippetIsReportedAtItsLine()
    {
        var page = Page.Of("""
            Text.

            <!-- snippet: statements -->
            ```csharp
            using ProgressiveDelivery.Sdk;

            var on = features.IsEnabled("new-checkout", context);
            var off = features.IsDisabled("new-checkout", context);
            ```
            """);

        SnippetCompiler.Compile(page, page.Blocks.Single()).Should().ContainSingle().Which.Should().StartWith("page.md:8: CS1061").And.Contain("IsDisabled");
    }

    [Fact]
    public void ANullableWarningBreaksASnippetToo()
    {
        var page = Page.Of("""
            <!-- snippet: statements -->
            ```csharp
            using ProgressiveDelivery.Sdk;
            string banner = features.GetString("banner", context, fallback: null);
            ```
            """);

        SnippetCompiler.Compile(page, page.Blocks.Single()).Should().ContainSingle().Which.Should().StartWith("page.md:4: CS8600");
    }

    [Fact]
    public void TypesOfABlockAreKnownToThoseAfterIt()
    {
        var page = Page.Of("""
            ```csharp
            using ProgressiveDelivery.Sdk;

            static class Flags
            {
                public static readonly FeatureFlag<bool> NewCheckout = new("new-checkout", fallback: false);
            }
            ```
            <!-- snippet: statements -->
            ```csharp
            var on = features.IsEnabled(Flags.NewCheckout, context);
            ```
            """);

        SnippetCompiler.Compile(page, page.Blocks[1]).Should().BeEmpty();
    }

    [Fact]
    public void ANamespaceThatNoReaderHasBreaksASnippet()
    {
        var page = Page.Of("""
            <!-- snippet: statements -->
            ```csharp
            var user = new EvaluationContext("user-1");
            ```
            """);

        SnippetCompiler.Compile(page, page.Blocks.Single()).Should().ContainSingle().Which.Should().StartWith("page.md:3: CS0246").And.Contain("EvaluationContext");
    }

    [Fact]
    public void AProjectOfTestsHasNoWebApplication()
    {
        var page = Page.Of("""
            <!-- project: xunit -->
            <!-- snippet: members -->
            ```csharp
            [Fact]
            public void Starts() => Assert.NotNull(WebApplication.Create());
            ```
            """);

        SnippetCompiler.Compile(page, page.Blocks.Single()).Should().ContainSingle().Which.Should().StartWith("page.md:5: CS0103").And.Contain("WebApplication");
    }

    [Fact]
    public void AnUnknownMarkerIsRefused()
    {
        var page = Page.Of("""
            <!-- snippet: statement -->
            ```csharp
            return;
            ```
            """);

        var compile = () => SnippetCompiler.Compile(page, page.Blocks.Single());

        compile.Should().Throw<ArgumentException>().WithMessage("page.md:3: marker 'statement' is not known*");
    }

    private static TheoryData<string, int> Find(Func<string?, bool> wanted)
    {
        var found = new TheoryData<string, int>();
        foreach (var block in Repository.Pages.SelectMany(page => Page.Load(page).Blocks))
            if (block.Language == "csharp" && wanted(block.Marker)) found.Add(block.Page, block.Line);
        return found;
    }

    private static bool IsExcluded(string? marker) => marker?.StartsWith(SnippetCompiler.Excluded, StringComparison.Ordinal) == true;
}
