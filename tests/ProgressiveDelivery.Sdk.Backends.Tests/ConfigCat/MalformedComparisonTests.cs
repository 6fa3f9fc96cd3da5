using ProgressiveDelivery.Sdk.Backends.ConfigCat;

namespace ProgressiveDelivery.Sdk.Backends.Tests.ConfigCat;

/// <summary>ConfigCat's library reads the attribute first: a comparison that nobody can make fails only users who have a readable attribute.</summary>
public sealed class MalformedComparisonTests
{
    private const string Known = "2.5";

    [Theory]
    [MemberData(nameof(Comparisons))]
    public void UserWithoutTheAttributeGoesOnToTheNextRule(int comparator, string readable)
    {
        var snapshot = Of(comparator);

        snapshot.GetString("f", User("plan", "pro"), "fallback").Should().Be("default");
        snapshot.GetString("f", User("a", ""), "fallback").Should().Be("default");
        snapshot.GetString("f", EvaluationContext.Empty, "fallback").Should().Be("default");
        snapshot.GetString("f", User("a", readable), "fallback").Should().Be("fallback");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(18)]
    [InlineData(26)]
    [InlineData(35)]
    public void UserWhoseAttributeCannotBeReadGoesOnToTheNextRule(int comparator) =>
        Of(comparator).GetString("f", User("a", "soon"), "fallback").Should().Be("default");

    [Fact]
    public void HashWithoutASaltFailsOnlyThoseWithTheAttribute()
    {
        var snapshot = Asked.Of(new ConfigCatFormat(), """{"p":{"s":7},"f":{"f":{"t":1,"r":[{"c":[{"u":{"a":"a","c":20,"s":"00"}}],"s":{"v":{"s":"rule"}}}],"v":{"s":"default"}}}}""");

        snapshot.GetString("f", User("b", "text"), "fallback").Should().Be("default");
        snapshot.GetString("f", User("a", "text"), "fallback").Should().Be("fallback");
    }

    [Theory]
    [InlineData("b", "default")]
    [InlineData("a", "fallback")]
    public void SegmentThatFailsFailsOnlyThoseWithTheAttribute(string attribute, string expected)
    {
        var snapshot = Asked.Of(new ConfigCatFormat(), """
            {"p":{"s":"x"},"s":[{"n":"seg","r":[{"a":"a","c":28}]}],"f":{"f":{"t":1,"r":[{"c":[{"s":{"s":0,"c":1}}],"s":{"v":{"s":"rule"}}}],"v":{"s":"default"}}}}
            """);

        snapshot.GetString("f", User(attribute, "text"), "fallback").Should().Be(expected);
    }

    public static TheoryData<int, string> Comparisons()
    {
        var comparisons = new TheoryData<int, string>();
        for (var comparator = 0; comparator <= 36; comparator++)
            comparisons.Add(comparator, comparator is >= 4 and <= 9 ? "1.2.3" : comparator is 26 or 27 or 34 or 35 ? """["a"]""" : Known);
        return comparisons;
    }

    private static EvaluationContext User(string attribute, string value) => new EvaluationContext("u").With(attribute, value);

    private static Snapshots.FeatureSnapshot Of(int comparator) => Asked.Of(new ConfigCatFormat(), $$"""
        {"p":{"s":"x"},"f":{"f":{"t":1,"r":[{"c":[{"u":{"c":{{comparator}},"a":"a"} }],"s":{"v":{"s":"rule"} } }],"v":{"s":"default"} } } }
        """);
}
