using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests;

/// <summary>Values that hold the same value again and again are small in memory. Nothing that looks at one goes through all that it stands for.</summary>
public sealed class SharedValueTests
{
    private const int MaxShown = 1_001;

    public static TheoryData<Func<AttributeValue, AttributeValue>> Shapes =>
    [
        leaf => Shared.List(40, leaf),
        leaf => Shared.Object(40, leaf),
        leaf => Shared.Nested(100_000, leaf),
        leaf => AttributeValue.List(Shared.List(40, leaf), Shared.Object(40, 1), leaf),
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ValuesBuiltApartAreComparedByContent(Func<AttributeValue, AttributeValue> make)
    {
        make("a").Should().Be(make("a"));
        make(1).Equals(make(1.0)).Should().BeTrue();
        make("a").Equals(make("b")).Should().BeFalse();
        make("a").Equals(make("ab")).Should().BeFalse();
        make("a").GetHashCode().Should().Be(make("a").GetHashCode());
        make(1).GetHashCode().Should().Be(make(1.0).GetHashCode());
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ValueIsShownAsFarAsPeopleRead(Func<AttributeValue, AttributeValue> make)
    {
        make("a").ToString().Length.Should().Be(MaxShown);
        new EvaluationContext("u") { ["value"] = make("a") }.ToString().Length.Should().BeLessThan(MaxShown + 100);
    }

    [Fact]
    public void LongTextIsShownAsFarAsPeopleRead()
    {
        new AttributeValueText("x", 998).ToString().Should().Be("\"" + new string('x', 998) + "\"");
        new AttributeValueText("x", 1_000_000).ToString().Should().Be("\"" + new string('x', 999) + "…");
    }

    [Fact]
    public void ExplanationIsBoundedWhateverTheCallersValue()
    {
        var user = new EvaluationContext("u") { ["value"] = Shared.List(40, "a"), ["text"] = new string('x', 1_000_000) };
        var flag = Some.Flag();
        for (var i = 0; i < 50; i++)
            flag = flag.When(Some.Equal("value", "a")).When(Some.Equal("text", "a"));

        flag.Open().Explain("flag", user).ToString().Length.Should().BeLessThan(50 * 2 * 1_500);
    }

    [Fact]
    public void ContextsInContextsByReferenceAreComparedAndShown()
    {
        var (one, other) = (Kinds(), Kinds());

        one.Should().Be(other);
        one.GetHashCode().Should().Be(other.GetHashCode());
        one.ToString().Length.Should().BeLessThan(300);
        one.GetKind("a")!.TargetingKey.Should().Be("u");
        one.GetKind("a")!.GetKind("a").Should().BeNull("kinds inside a kind are dropped");
    }

    [Fact]
    public void ListWithOneLongTextAThousandTimesIsNoText()
    {
        var text = new string('x', 1_000_000);
        var list = AttributeValue.List([.. Enumerable.Repeat((AttributeValue)text, 1_000)]);
        Span<char> room = stackalloc char[64];
        var read = new AttributeText(room);

        read.TryRead(in list, TextReading.EcmaScriptAndJson).Should().BeFalse();
    }

    [Fact]
    public void ListOfManyItemsHasAllOfManyValues()
    {
        var random = new Random(20261129);
        for (var round = 0; round < 200; round++)
        {
            var wanted = Values(random, 200);
            var items = Values(random, 40 + (round * 20));
            var context = new EvaluationContext("u") { ["list"] = AttributeValue.List([.. items, AttributeValue.List(1), default]) };
            var expected = wanted.All(value => items.Any(item => item.Equals(value)));

            Some.Flag().When(new AttributeCondition { Attribute = "list", Operator = AttributeOperator.HasAll, Operand = AttributeValue.List([.. wanted]) }).Open().IsEnabled("flag", context).Should().Be(expected);
        }
    }

    private static AttributeValue[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(3) switch
    {
        0 => (AttributeValue)$"v{random.Next(60)}",
        1 => (AttributeValue)random.Next(60),
        _ => (AttributeValue)(double)random.Next(60),
    })];

    private static EvaluationContext Kinds()
    {
        var context = new EvaluationContext("u");
        for (var i = 0; i < 40; i++)
            context = context.WithKind("a", context).WithKind("b", context);
        return context;
    }

    // A row of the theory would show all of it.
    private sealed record AttributeValueText(string Part, int Count)
    {
        public override string ToString() => ((AttributeValue)string.Concat(Enumerable.Repeat(Part, Count))).ToString();
    }
}
