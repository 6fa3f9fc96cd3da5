using ProgressiveDelivery.Sdk.FeatureManagement.Contexts;
using ProgressiveDelivery.Sdk.FeatureManagement.Tests.Support;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.Contexts;

/// <summary>The context of a question, as a whole and compared with others.</summary>
public sealed class CallerTests
{
    [Fact]
    public void WholeContextHasTheUserGroupsKindsAndSecretsOfItsParts()
    {
        var context = new EvaluationContext("eve") { ["country"] = "NL", ["email"] = "e@x" }.WithKind("organization", new("o1")).WithPrivate("email", "targetingKey");
        var caller = new Caller(new FakeReader(context), "ada", "groups", new[] { "staff" });

        caller.ToContext().Should().Be(
            new EvaluationContext("ada") { ["country"] = "NL", ["email"] = "e@x", ["groups"] = new[] { "staff" } }.WithKind("organization", new("o1")).WithPrivate("email", "targetingKey"));
        new Caller(new FakeReader(context)).ToContext().Should().Be(context);
        new Caller(context).ToContext().Should().BeSameAs(context);
    }

    [Fact]
    public void CallersAreEqualIfTheirQuestionsAre()
    {
        var (reader, other) = (new FakeReader(new("ada")), new FakeReader(new("ada")));

        new Caller(new EvaluationContext("ada")).Should().Be(new Caller(new EvaluationContext("ada")));
        new Caller(new EvaluationContext("ada")).Should().NotBe(new Caller(new EvaluationContext("eve")));
        new Caller(reader).Should().Be(new Caller(reader));
        new Caller(reader).Should().NotBe(new Caller(other));
        new Caller(reader, "ada", "groups", new[] { "x" }).Should().Be(new Caller(reader, "ada", "groups", new[] { "x" }));
        new Caller(reader, "ada", "groups", new[] { "x" }).Should().NotBe(new Caller(reader, "ada", "groups", new[] { "y" }));
        new Caller(reader, "ada", "groups", default).Should().NotBe(new Caller(reader, "eve", "groups", default));
    }
}
