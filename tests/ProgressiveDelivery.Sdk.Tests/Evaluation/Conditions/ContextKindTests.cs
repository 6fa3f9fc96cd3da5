using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Conditions;

/// <summary>Tests on the names of the kinds that a context has.</summary>
public sealed class ContextKindTests
{
    private static readonly EvaluationContext User = new("u");
    private static readonly EvaluationContext UserOfOrganisation = User.WithKind("organisation", new("o"));
    private static readonly EvaluationContext Organisation = new EvaluationContext().WithKind("organisation", new("o"));

    [Fact]
    public void OneKindOfThatNameIsEnough()
    {
        Holds(Is("user"), User).Should().BeTrue();
        Holds(Is("user"), UserOfOrganisation).Should().BeTrue();
        Holds(Is("user"), Organisation).Should().BeFalse();
        Holds(Is("organisation"), UserOfOrganisation).Should().BeTrue();
        Holds(Is("organisation"), User).Should().BeFalse();
    }

    [Fact]
    public void NegatedItHoldsWhereNoNameDoes()
    {
        Holds(Is("organisation") with { Negate = true }, User).Should().BeTrue();
        Holds(Is("organisation") with { Negate = true }, UserOfOrganisation).Should().BeFalse();
    }

    [Fact]
    public void OperandIsReadAsTheDialectSays()
    {
        var malformed = new ContextKindCondition { MainKind = "user", Operator = AttributeOperator.Matches, Operand = "a(" };

        Some.Snapshot(Some.Flag().When(malformed)).Compile().Diagnostics.Should().ContainSingle().Which.Path.Should().Be("$.flags['flag'].rules[0].when.matches");
        Some.Snapshot(Some.Flag().When(malformed with { Dialect = new() { InvalidOperandsMatchNothing = true } })).Compile().Diagnostics.Should().BeEmpty();
    }

    [Theory]
    [InlineData("u", "o", true)]
    [InlineData("", "o", false)]
    [InlineData("u", "", false)]
    [InlineData(null, "o", true)]
    [InlineData(null, null, false)]
    public void FlagThatRequiresKeysHasOneOfEachKind(string? key, string? organisation, bool served)
    {
        var context = key is null ? new EvaluationContext() : new(key);
        if (organisation is not null)
            context = context.WithKind("organisation", new(organisation));
        var flag = Some.Flag() with { Default = "on", RequiresKeys = true };

        flag.Open().EvaluateBoolean("flag", context).Reason.Should().Be(served ? EvaluationReason.Default : EvaluationReason.TargetingKeyMissing);
    }

    [Fact]
    public void AttributesWithoutAKeyAreAKindWithoutOne()
    {
        var context = new EvaluationContext { ["country"] = "NL" }.WithKind("organisation", new("o"));

        (Some.Flag() with { RequiresKeys = true }).Open().EvaluateBoolean("flag", context).Reason.Should().Be(EvaluationReason.TargetingKeyMissing);
    }

    private static ContextKindCondition Is(string name) => new() { MainKind = "user", Operator = AttributeOperator.Equals, Operand = name };

    private static bool Holds(ConditionDefinition condition, EvaluationContext context) => Some.Flag().When(condition).Open().IsEnabled("flag", context);
}
