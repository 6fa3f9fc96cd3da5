using ProgressiveDelivery.Sdk.Compilation.Patterns;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Tests.Compilation.Patterns;

public sealed class PatternCompilerTests
{
    private const string Backslash = "\\";

    [Theory]
    [InlineData("abc")]
    [InlineData("^abc")]
    [InlineData("abc$")]
    [InlineData("^abc$")]
    [InlineData(@"^a\.b\-c\z")]
    [InlineData("^(foo|bar)$")]
    [InlineData("^(?:foo|ba[rz])")]
    [InlineData("^foo$|^bar$")]
    [InlineData("foo|bar")]
    [InlineData("^colou?r$")]
    [InlineData(".*abc")]
    [InlineData("^abc.*")]
    [InlineData("")]
    public void ExpressionOfFewTextsIsATestOnTexts(string expression) => SomePatterns.Compile(expression).Should().BeOfType<TextPattern>();

    [Theory]
    [InlineData(@"^[^@]+@shop7\.example\.com$")]
    [InlineData(@"^user-\d{1,8}$")]
    [InlineData(@"^.*@example\.com$")]
    [InlineData(@"^shop\..*\z")]
    public void ExpressionOfASetBetweenTextsIsATestOnBoth(string expression) => SomePatterns.Compile(expression).Should().BeOfType<FramedPattern>();

    [Theory]
    [InlineData(@"^[a-z]+-\d{3}-shop7(foo|ba[rz])+$")]
    [InlineData("^foo|bar$")]
    [InlineData(@"\bfoo\b")]
    [InlineData("(?i)contains")]
    public void OtherExpressionIsAnAutomaton(string expression) => SomePatterns.Compile(expression).Should().BeOfType<AutomatonPattern>();

    [Theory]
    [InlineData("^(a+)+(?=N)$", typeof(AutomatonPattern))]
    [InlineData(@"^(?!admin)(?<=^|x)\w+$", typeof(AutomatonPattern))]
    [InlineData(@"^(a+)\1$", typeof(BacktrackingPattern))]
    public void OnlyABackReferenceNeedsBacktracking(string expression, Type kind) =>
        SomePatterns.Compile(expression, syntax: PatternSyntax.EcmaScript).Should().BeOfType(kind);

    [Theory]
    [InlineData(PatternSyntax.DotNet)]
    [InlineData(PatternSyntax.Re2)]
    public void OtherSyntaxesHaveNoLookAround(PatternSyntax syntax)
    {
        PatternCompiler.Compile("(?=a)b", syntax, ignoreCase: false).Fault.Should().Contain("look-around");
        PatternCompiler.Compile(@"(a)\1", syntax, ignoreCase: false).Fault.Should().Contain("back reference");
    }

    [Theory]
    [InlineData(PatternSyntax.DotNet, true)]
    [InlineData(PatternSyntax.Re2, false)]
    [InlineData(PatternSyntax.EcmaScript, false)]
    public void EndOfTextIsThatOfTheSyntax(PatternSyntax syntax, bool matches)
    {
        foreach (var expression in (string[])["^abc$", "bc$", "^[^@]+c$", "^(a|b)+c$"])
        {
            SomePatterns.Compile(expression, syntax: syntax)!.Matches("abc\n").Should().Be(matches, expression);
            SomePatterns.Compile(expression, syntax: syntax)!.Matches("abc\n\n").Should().BeFalse(expression);
            SomePatterns.Compile(expression, syntax: syntax)!.Matches("abc").Should().BeTrue(expression);
        }
    }

    [Theory]
    [InlineData("^kind$", "\u212Aind", true)]
    [InlineData("^ski$", "ſki", false)]
    [InlineData("^id$", "İd", false)]
    [InlineData("^id$", "ıd", false)]
    [InlineData("^id$", "ID", true)]
    [InlineData("^straße$", "STRASSE", false)]
    [InlineData("^[^@]+@Shop$", "x@sHOP", true)]
    public void CaseIsThatOfTheEngine(string expression, string text, bool matches)
    {
        SomePatterns.Engine(expression, ignoreCase: true).IsMatch(text).Should().Be(matches);
        SomePatterns.Compile(expression, ignoreCase: true)!.Matches(text).Should().Be(matches);
    }

    [Fact]
    public void LongestCommonExpressionsStaySmall()
    {
        SomePatterns.Compile(@"^[a-z]+-\d{3}-shop7(foo|ba[rz])+$")!.Size.Should().BeLessThan(4_000);
        SomePatterns.Compile("^[a-z]{0,1000}[0-9]{0,1000}$")!.Size.Should().BeLessThan(400_000);
        SomePatterns.Compile(string.Join('|', Enumerable.Range(0, 150).Select(i => $"w{i}x?")))!.Size.Should().BeLessThan(400_000);
    }

    [Fact]
    public void TextsOfEveryLengthAreComparedAsTheEngineDoes()
    {
        foreach (var expression in (string[])["^foo", "foo$", "^foo$", "^foo.+bar$", "^[^@]{2,3}@x$", "^(foo|foobar|)$"])
        {
            var engine = SomePatterns.Engine(expression);
            foreach (var text in (string[])["", "f", "fo", "foo", "foobar", "fooxbar", "\n", "foo\n", "a@x", "ab@x", "abcd@x", Backslash])
                SomePatterns.Compile(expression)!.Matches(text).Should().Be(engine.IsMatch(text), $"{expression} on {text}");
        }
    }
}
