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
    }.WithKind("organisation", new("org-1") { ["plan"] = "gold", ["deep"] = AttributeValue.Object([new("a", "b")]) });

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
    [InlineData("organisation:plan", "gold")]
    [InlineData("organisation:/deep/a", "b")]
    [InlineData("organisation:targetingKey", "org-1")]
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
    [InlineData("organisation:country")]
    [InlineData("organisation:organisation:plan")]
    public void ReferenceThatLeadsNowhereIsMissing(string text) => Read(text).IsNull.Should().BeTrue();

    [Theory]
    [InlineData(":a")]
    [InlineData(":")]
    [InlineData("/a~")]
    [InlineData("/a~2")]
    [InlineData("kind:/a~x")]
    public void MalformedReferenceIsNotRead(string text) => AttributeReference.TryParse(text, out _).Should().BeFalse();

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
        var input = new EvaluationInput(User, Some.Services().Evaluation, 0);
        return reference!.Read(in input);
    }
}
