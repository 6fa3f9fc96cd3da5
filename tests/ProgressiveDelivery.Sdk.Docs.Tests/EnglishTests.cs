using FluentAssertions;

namespace ProgressiveDelivery.Sdk.Docs.Tests;

/// <summary>Keeps the worst English out of source and pages.</summary>
public sealed class EnglishTests
{
    [Fact]
    public void SummariesOpenWithAVerbOrANoun() => Complaints(Sources, English.Summaries).Should().BeEmpty();

    [Fact]
    public void CodeIsNotAPerson() => Complaints(Sources, English.Words).Should().BeEmpty();

    [Fact]
    public void LimitsAreNamedMaxOrMin() => Complaints(Sources, English.Limits).Should().BeEmpty();

    [Fact]
    public void PagesSayWhoOrWhatActs() => Complaints(Pages, English.WordsOfPage).Should().BeEmpty();

    [Fact]
    public void ProseIsWrapped() => Complaints(Pages, English.Columns).Should().BeEmpty();

    [Theory]
    [InlineData("/// <summary>Whether it is open.</summary>")]
    [InlineData("/// <summary>\n/// What it does.\n/// </summary>")]
    [InlineData("    /// <summary> Tells how many.</summary>")]
    public void ASummaryThatOpensWithAQuestionIsFound(string code) =>
        English.Summaries("A.cs", code).Should().ContainSingle().Which.Should().Contain("Open a method's with a verb");

    [Theory]
    [InlineData("/// <summary>The flags. What it does.</summary>")]
    [InlineData("/// <summary>Whatever.</summary>")]
    [InlineData("/// <remarks>When it is open.</remarks>")]
    public void AnyOtherSummaryIsNot(string code) => English.Summaries("A.cs", code).Should().BeEmpty();

    [Theory]
    [InlineData("\n// Nobody asks.", "A.cs:2: 'Nobody'. Write \"no caller\"*")]
    [InlineData("throw new(\"Whoever asks\");", "A.cs:1: 'Whoever'.*")]
    [InlineData("/// It is well\n    /// again.", "A.cs:1: 'well*again'. Write \"recovers\"*")]
    [InlineData("// somebody's", "A.cs:1: 'somebody'.*")]
    public void AWordThatMakesAPersonOfCodeIsFound(string code, string complaint) =>
        English.Words("A.cs", code).Should().ContainSingle().Which.Should().Match(complaint);

    [Theory]
    [InlineData("private const int MostFlags = 5;", "A.cs:1: 'MostFlags'. Name it 'MaxFlags', after what it limits.")]
    [InlineData("\ninternal static readonly TimeSpan ShortestPause, Other;", "A.cs:2: 'ShortestPause'. Name it 'MinPause', after what it limits.")]
    [InlineData("void M() { const int Deepest = 3; }", "A.cs:1: 'Deepest'. Name it 'Max…', after what it limits.")]
    [InlineData("int LongestName;", "A.cs:1: 'LongestName'. Name it 'MaxName', after what it limits.")]
    public void ALimitByASuperlativeIsFound(string member, string complaint) =>
        English.Limits("A.cs", "class C { " + member + " }").Should().Equal(complaint);

    [Theory]
    [InlineData("private const int MaxFlags = 5;")]
    [InlineData("private static int Mostly;")]
    [InlineData("string LongestOf(string a) { var longest = a; return longest; }")]
    public void AnyOtherNameIsNot(string member) => English.Limits("A.cs", "class C { " + member + " }").Should().BeEmpty();

    [Fact]
    public void APageMayQuoteInCodeWhatItMayNotSay()
    {
        const string page = """
            # Title

            ```csharp
            var nobody = 1;
            ```

            `nobody` is a name, and nobody is a word.
            """;

        English.WordsOfPage("page.md", page).Should().ContainSingle().Which.Should().StartWith("page.md:7: 'nobody'.");
    }

    [Fact]
    public void ALongLineOfProseIsFound()
    {
        var prose = string.Concat(Enumerable.Repeat("word ", 24));

        English.Columns("page.md", "# Title\n\n" + prose + "s").Should().Equal("page.md:3: 121 columns. Wrap the paragraph at 120.");
        English.Columns("page.md", "- " + prose + "[link](target.md)").Should().ContainSingle();
        English.Columns("page.md", prose).Should().BeEmpty();
    }

    [Theory]
    [InlineData("| {0} |")]
    [InlineData("```csharp\n{0}\n```")]
    [InlineData("1. Item\n\n   ```json\n   {0}\n   ```")]
    [InlineData("- [{0}](https://example.com).")]
    public void ALineThatCannotBeBrokenMayBeLonger(string page)
    {
        var prose = string.Concat(Enumerable.Repeat("word ", 30));

        English.Columns("page.md", page.Replace("{0}", prose, StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void AnAddressMayBeLonger() =>
        English.Columns("page.md", "https://example.com/" + new string('a', English.MaxColumns)).Should().BeEmpty();

    private static IEnumerable<string> Sources => Repository.Files("src", "*.cs");

    private static IEnumerable<string> Pages =>
        Repository.Pages.Concat(new[] { "src", "tests", "benchmarks", "samples" }.SelectMany(folder => Repository.Files(folder, "*.md"))).Distinct();

    // One text, since a list would be cut in the message of a failure.
    private static string Complaints(IEnumerable<string> files, Func<string, string, IEnumerable<string>> rule) =>
        string.Join('\n', files.SelectMany(file => rule(file, File.ReadAllText(Repository.PathOf(file)))));
}
