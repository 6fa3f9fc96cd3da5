using ProgressiveDelivery.Sdk.Compilation.Patterns;

namespace ProgressiveDelivery.Sdk.Tests.Compilation.Patterns;

/// <summary>Sets of characters have the members that .NET's engine gives them on this runtime.</summary>
public sealed class CharacterSetTests
{
    private static readonly string All = string.Concat(Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c));

    [Theory]
    [InlineData(@"\d")]
    [InlineData(@"\D")]
    [InlineData(@"\w")]
    [InlineData(@"\W")]
    [InlineData(@"\s")]
    [InlineData(@"\S")]
    [InlineData(@"\p{L}")]
    [InlineData(@"\P{L}")]
    [InlineData(@"\p{Lu}")]
    [InlineData(@"\p{Cs}")]
    [InlineData(@"\p{Sm}")]
    [InlineData(@"\p{Cn}")]
    [InlineData(@"\p{IsCyrillic}")]
    [InlineData(@"\P{IsCyrillic}")]
    [InlineData(".")]
    [InlineData(@"[^\w-[a-z]]")]
    [InlineData(@"[\S\d-[\p{Lu}]]")]
    [InlineData("[Ͱ-Ͽ]")]
    [InlineData("[^à-ÿa-k]")]
    public void SetHasTheMembersOfTheEngine(string expression)
    {
        foreach (var ignoreCase in (bool[])[false, true])
            Members(expression, ignoreCase).Should().Be(MembersOfTheEngine(expression, ignoreCase));
    }

    [Fact]
    [Trait("Category", "Long")]
    public void EveryCharacterHasTheCasesOfTheEngine()
    {
        var cased = All.Where(c => Cases(c).Length > 1).ToArray();
        var others = All.Except(cased).ToArray();

        cased.Should().HaveCountGreaterThan(2_000);
        cased.Where(c => !string.Equals(Cases(c), MembersOfTheEngine(Escape(c), ignoreCase: true), StringComparison.Ordinal)).Should().BeEmpty();

        // Two that are of one group by their place are of two by the remainder.
        const int size = 256;
        foreach (var group in Groups(others, i => i / size).Concat(Groups(others, i => i % size)))
            MembersOfTheEngine($"[{string.Concat(group.Select(Escape))}]", ignoreCase: true).Should().Be(string.Concat(group));
    }

    [Fact]
    public void AsciiLettersHaveTheCasesOfTheEngineWithoutItsTable()
    {
        for (var c = '\0'; c < 128; c++)
            Members(Escape(c), ignoreCase: true).Should().Be(MembersOfTheEngine(Escape(c), ignoreCase: true));
        Members("[G-m]", ignoreCase: true).Should().Be(MembersOfTheEngine("[G-m]", ignoreCase: true));
    }

    private static string Escape(char character) => $"\\u{(int)character:X4}";

    private static IEnumerable<IEnumerable<char>> Groups(char[] characters, Func<int, int> group) =>
        characters.Select((c, i) => (Character: c, Group: group(i))).GroupBy(member => member.Group, member => member.Character);

    private static string Cases(char character)
    {
        var ranges = ClassParser.Single(character, ignoreCase: true).Ranges;
        return string.Concat(Enumerable.Range(0, ranges.Length / 2).SelectMany(i => Enumerable.Range(ranges[2 * i], ranges[(2 * i) + 1] - ranges[2 * i] + 1)).Select(c => (char)c));
    }

    private static string Members(string expression, bool ignoreCase)
    {
        var set = ((SetLeaf)PatternParser.Parse(expression, ignoreCase, admitsLookAround: false)!).Set;
        return string.Concat(All.Where(set.Contains));
    }

    private static string MembersOfTheEngine(string expression, bool ignoreCase) =>
        string.Concat(SomePatterns.Engine(expression, ignoreCase).Matches(All).Select(match => match.Value));
}
