using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

public sealed class AttributeReferenceTests
{
    private static readonly EvaluationContext User = new EvaluationContext("user-17")
    {
        ["country"] = "NL",
        ["a/b"] = "slash",
        ["m~n"] = "tilde",
        [""] = "empty",
        ["a:b"] = "colon",
        ["address"] = AttributeValue.Object([new("country", "BE"), new("x/y", "nested slash"), new("0", "digit"), new("", "nested empty"), new("lines", AttributeValue.List("one", AttributeValue.List("two", "three")))]),
    }.WithKind("organization", new("org-1") { ["plan"] = "gold", ["deep"] = AttributeValue.Object([new("a", "b")]) });

    [Theory]
    [InlineData("country", "NL")]
    [InlineData("targetingKey", "user-17")]
    [InlineData("/targetingKey", "user-17")]
    [InlineData("a/b", "slash")]
    [InlineData("/a~1b", "slash")]
    [InlineData("/m~0n", "tilde")]
    [InlineData("m~n", "tilde")]
    [InlineData("/", "empty")]
    [InlineData("/a:b", "colon")]
    [InlineData("/address/country", "BE")]
    [InlineData("/address/x~1y", "nested slash")]
    [InlineData("/address/0", "digit")]
    [InlineData("/address/", "nested empty")]
    [InlineData("/address/lines/0", "one")]
    [InlineData("/address/lines/1/1", "three")]
    [InlineData("organization:plan", "gold")]
    [InlineData("organization:/deep/a", "b")]
    [InlineData("organization:targetingKey", "org-1")]
    public void ReferenceFindsItsValue(string text, string value) => Read(text).Should().Be((AttributeValue)value);

    [Theory]
    [InlineData("Country")]
    [InlineData("a:b")]
    [InlineData("/country/x")]
    [InlineData("/address/Country")]
    [InlineData("/address/lines/2")]
    [InlineData("/address/lines/01")]
    [InlineData("/address/lines/-1")]
    [InlineData("/address/lines/+1")]
    [InlineData("/address/lines/-")]
    [InlineData("/address/lines/1e0")]
    [InlineData("/address/lines/1\0")]
    [InlineData("/address/lines/١")]
    [InlineData("/address/lines/99999999999")]
    [InlineData("/address/lines/1/1/x")]
    [InlineData("device:plan")]
    [InlineData("organization:country")]
    [InlineData("organization:organization:plan")]
    public void ReferenceThatLeadsNowhereIsMissing(string text) => Read(text).IsNull.Should().BeTrue();

    [Theory]
    [InlineData(":a")]
    [InlineData(":")]
    [InlineData("/a~")]
    [InlineData("/a~2")]
    [InlineData("kind:/a~x")]
    public void MalformedReferenceIsNotRead(string text) => AttributeReference.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void PointerGoesIntoListsUnlessADialectKeepsItOut()
    {
        var second = new AttributeCondition { Attribute = "/address/lines/1/0", Operator = AttributeOperator.Equals, Operand = "two" };
        var byFirst = Some.Flag() with { Default = Some.Rollout(100) with { By = ["/address/lines/0"] } };

        Some.Flag().When(second).Open().IsEnabled("flag", User).Should().BeTrue();
        Some.Flag().When(second with { Dialect = new() { PointersEnterObjectsOnly = true } }).Open().IsEnabled("flag", User).Should().BeFalse();
        byFirst.Open().IsEnabled("flag", User).Should().BeTrue();
    }

    [Fact]
    public void AttributeNamedLikeTheKeyIsSeenWhereThereIsNoKey()
    {
        var flags = Some.Flag().When(Some.Equal("targetingKey", "attribute")).Open();

        flags.IsEnabled("flag", new EvaluationContext(null) { ["targetingKey"] = "attribute" }).Should().BeTrue();
        flags.IsEnabled("flag", new EvaluationContext("key") { ["targetingKey"] = "attribute" }).Should().BeFalse();
    }

    private static AttributeValue Read(string text)
    {
        AttributeReference.TryParse(text, out var reference).Should().BeTrue();
        var budget = default(EvaluationBudget);
        var input = new EvaluationInput(User, Some.Services().Evaluation, 0, ref budget);
        return reference!.Read(in input);
    }
}
