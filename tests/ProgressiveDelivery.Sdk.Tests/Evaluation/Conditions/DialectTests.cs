using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Conditions;

/// <summary>Operands that another backend takes and our own format does not.</summary>
public sealed class DialectTests
{
    private static readonly ValueDialect Lenient = new() { InvalidOperandsMatchNothing = true };

    [Theory]
    [InlineData(AttributeOperator.Matches, "a(")]
    [InlineData(AttributeOperator.SemVer, "newest")]
    [InlineData(AttributeOperator.InNetwork, "nowhere")]
    public void InvalidOperandMatchesNothingWhereTheDialectSaysSo(AttributeOperator test, string operand)
    {
        var strict = new AttributeCondition { Attribute = "a", Operator = test, Operand = test == AttributeOperator.InNetwork ? AttributeValue.List(operand) : operand };
        var lenient = strict with { Dialect = Lenient, Mismatch = Judgment.False };
        var otherwise = strict with { Dialect = new() };

        Reason(strict).Should().Be(EvaluationReason.Error);
        Reason(otherwise).Should().Be(EvaluationReason.Error);
        Reason(lenient).Should().Be(EvaluationReason.Default);
    }

    [Fact]
    public void NetworksThatAreValidCountBesideOthers()
    {
        var networks = new AttributeCondition { Attribute = "a", Operator = AttributeOperator.InNetwork, Operand = AttributeValue.List("nowhere", "10.0.0.1/8"), Dialect = Lenient };

        Reason(networks, "10.1.1.1").Should().Be(EvaluationReason.RuleMatch);
        Reason(networks, "11.1.1.1").Should().Be(EvaluationReason.Default);
    }

    [Fact]
    public void VersionsAreReadAsTheDialectSays()
    {
        var partial = new AttributeCondition { Attribute = "a", Operator = AttributeOperator.SemVer, Operand = ">=1.2", Dialect = new() { Versions = VersionReading.Partial } };

        Reason(partial, "1.3").Should().Be(EvaluationReason.RuleMatch);
        Reason(partial, "1.1").Should().Be(EvaluationReason.Default);
        Reason(partial with { Dialect = null }, "1.3.0").Should().Be(EvaluationReason.Error);
    }

    private static EvaluationReason Reason(ConditionDefinition condition, string attribute = "1.2.3") =>
        Some.Flag().When(condition).Open().EvaluateBoolean("flag", new EvaluationContext("u") { ["a"] = attribute }).Reason;
}
