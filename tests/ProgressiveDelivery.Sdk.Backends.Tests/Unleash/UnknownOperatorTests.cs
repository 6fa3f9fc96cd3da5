using ProgressiveDelivery.Sdk.Backends.Unleash;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Unleash;

/// <summary>A constraint whose operator is unknown is false before it is inverted.</summary>
public sealed class UnknownOperatorTests
{
    private static readonly EvaluationContext User = new EvaluationContext("u").With("country", "DE");

    [Theory]
    [InlineData("\"NEWER\"", false)]
    [InlineData("\"NEWER\"", true)]
    [InlineData("\"in\"", true)]
    [InlineData("\"\"", true)]
    [InlineData("null", true)]
    [InlineData("7", true)]
    public void UnknownOperatorIsFalseBeforeItIsInverted(string @operator, bool isInverted)
    {
        var constraint = $$"""{"contextName":"country","operator":{{@operator}},"values":["DE"],"value":"DE","inverted":{{(isInverted ? "true" : "false")}}}""";
        var snapshot = Asked.Of(new UnleashFormat(), $$"""
            {"features":[
              {"name":"own","enabled":true,"strategies":[{"name":"default","constraints":[{{constraint}}]}]},
              {"name":"shared","enabled":true,"strategies":[{"name":"default","segments":[1]}]},
              {"name":"next","enabled":true,"strategies":[{"name":"default","constraints":[{{constraint}}]},{"name":"default"}]}],
             "segments":[{"id":1,"constraints":[{{constraint}}]}]}
            """);

        snapshot.IsEnabled("own", User).Should().Be(isInverted);
        snapshot.IsEnabled("shared", User).Should().Be(isInverted);
        snapshot.IsEnabled("next", User).Should().BeTrue("the next strategy decides");
    }

    [Fact]
    public void KnownOperatorIsInverted() => Asked.Of(new UnleashFormat(), """
        {"features":[{"name":"f","enabled":true,"strategies":[{"name":"default","constraints":[{"contextName":"country","operator":"IN","values":["AT"],"inverted":true}]}]}]}
        """).IsEnabled("f", User).Should().BeTrue();
}
