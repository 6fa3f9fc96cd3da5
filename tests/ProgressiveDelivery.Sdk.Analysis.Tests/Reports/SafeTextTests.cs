using ProgressiveDelivery.Sdk.Analysis.Reports.Text;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("a\u202Eb", "a\\u202Eb")]
    [InlineData("\u2066x\u2069\u200F\u061C", "\\u2066x\\u2069\\u200F\\u061C")]
    [InlineData("\u001b[31m\n\t", "\\u001B[31m\\u000A\\u0009")]
    [InlineData("\u2028\u0085\uFEFF\uFFFE", "\\u2028\\u0085\\uFEFF\\uFFFE")]
    [InlineData("é 日本 👩‍👧 مرحبا", "é 日本 👩‍👧 مرحبا")]
    public void HiddenCharactersAreEscapes(string text, string expected) => SafeText.Escape(text).Should().Be(expected);

    [Fact]
    public void BrokenSurrogateIsAnEscape() => SafeText.Escape("a" + '\uD800' + "b" + '\uDC00').Should().Be("a\\uD800b\\uDC00");

    [Fact]
    public void LongTextIsCutBetweenCharacters()
    {
        SafeText.Cut(new string('a', 200)).Should().HaveLength(200);
        SafeText.Cut(new string('a', 199) + "😀😀").Should().Be(new string('a', 199) + "…");
    }

    [Theory]
    [InlineData("a **b** c", "a b c")]
    [InlineData("**a****b**", "ab")]
    [InlineData("2 ** 3", "2 ** 3")]
    [InlineData("**", "**")]
    [InlineData("", "")]
    public void MarksOfStrongTextAreRemoved(string text, string expected) => Emphasis.Strip(text).Should().Be(expected);

    [Fact]
    public void OnlyPairedMarksAreStrong() => Emphasis.Split("a **b** c **d").Should().Equal(("a ", false), ("b", true), (" c **d", false));

    [Fact]
    public void WideCharactersTakeTwoColumns()
    {
        DisplayWidth.Of("日本é").Should().Be(5);
        DisplayWidth.Of("e\u0301").Should().Be(1);
        DisplayWidth.Cut("日本語", 4).Should().Be("日…");
    }
}
