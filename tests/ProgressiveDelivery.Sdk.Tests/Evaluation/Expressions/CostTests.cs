using ProgressiveDelivery.Sdk.Definitions.Translation;
using static ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions.Formula;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions;

/// <summary>A document must not be able to keep a host busy, whatever it says and however large the caller's lists are.</summary>
public sealed class CostTests
{
    private static readonly EvaluationContext Context = new("user-1")
    {
        ["list"] = AttributeValue.List([.. Enumerable.Range(0, 1_000).Select(i => (AttributeValue)i)]),
        ["text"] = new string('x', 100_000),
    };

    public static TheoryData<string, ExpressionDefinition> Costly => new()
    {
        { "lists in lists in lists", Nested(ExpressionOperator.Some, Nested(ExpressionOperator.Some, Nested(ExpressionOperator.Some, Value(false)))) },
        { "maps of maps", Nested(ExpressionOperator.Map, Nested(ExpressionOperator.Map, Nested(ExpressionOperator.Filter, Value(true)))) },
        { "a text that doubles", Reduce(Of(ExpressionOperator.Concatenate, Variable("accumulator"), Variable("accumulator")), "xxxxxxxxxxxxxxxx") },
        { "a list that doubles", Reduce(Of(ExpressionOperator.Merge, Variable("accumulator"), Variable("accumulator")), AttributeValue.List(1)) },
        { "a list's text that doubles", Reduce(Of(ExpressionOperator.Concatenate, Many(Variable("accumulator"), Variable("accumulator"))), "xxxxxxxxxxxxxxxx") },
        { "long texts compared again and again", Reduce(Of(ExpressionOperator.Equal, Value(new string('x', 100_000)), Value(new string('x', 100_000))), 0) },
        { "long texts searched again and again", Reduce(Of(ExpressionOperator.In, Value("y"), Value(new string('x', 100_000))), 0) },
        { "long texts cut again and again", Reduce(Of(ExpressionOperator.Substring, Value(new string('x', 100_000)), Value(1)), 0) },
        { "long texts hashed again and again", Reduce(new FractionalExpression { By = Value(new string('x', 100_000)), Shares = [Many(Value("a"))], Hash = FractionalHash.Cbor }, 0) },
    };

    [Theory]
    [MemberData(nameof(Costly))]
    public void CostlyExpressionIsStopped(string what, ExpressionDefinition expression)
    {
        expression.Evaluate(Context, null, out var cost);

        cost.IsExceeded.Should().BeTrue(what);
    }

    [Fact]
    public void CostlyExpressionEndsTheFlagWithAnErrorThatSaysSo()
    {
        var costly = Nested(ExpressionOperator.Some, Nested(ExpressionOperator.Some, Value(false)));
        var served = Some.Text("flag", "a", "b").When(null, costly.Serve()).Open();
        var asked = Some.Text("flag", "a", "b").When(new ExpressionCondition(costly), "b").Open();

        served.EvaluateString("flag", Context, null).Reason.Should().Be(EvaluationReason.Error);
        asked.EvaluateString("flag", Context, null).Reason.Should().Be(EvaluationReason.Error);
        served.Explain("flag", Context).Error.Should().Contain("costs too much");
        asked.Explain("flag", Context).Error.Should().Contain("costs too much");
    }

    [Fact]
    public void OneListIsGoneThroughWithoutTrouble()
    {
        var sum = new OperationExpression { Operator = ExpressionOperator.Reduce, Operands = [Variable("list"), Of(ExpressionOperator.Add, Variable("accumulator"), Variable("current")), Value(0)] };

        sum.Evaluate(Context, null, out var cost).Should().Be((AttributeValue)499_500);

        cost.IsExceeded.Should().BeFalse();
    }

    [Fact]
    public void ExpressionNestedWithoutEndQuarantinesItsFlag()
    {
        var deep = Value("b");
        for (var i = 0; i < 10_000; i++)
            deep = Of(ExpressionOperator.If, deep);

        Some.Text("flag", "a", "b").When(null, deep.Serve()).Open().EvaluateString("flag", Context, null).Error.Should().Contain("nested");
    }

    [Fact]
    public void ExpressionOfTooManyPartsQuarantinesItsFlag()
    {
        var parts = Enumerable.Range(0, 30_000).Select(_ => Variable("list")).ToArray();

        Some.Text("flag", "a", "b").When(null, Of(ExpressionOperator.And, parts).Serve()).Open().EvaluateString("flag", Context, null).Error.Should().Contain("more parts");
    }

    private static ExpressionDefinition Nested(ExpressionOperator loop, ExpressionDefinition body) =>
        Of(loop, Value(AttributeValue.List([.. Enumerable.Range(0, 1_000).Select(i => (AttributeValue)i)])), body);

    private static ExpressionDefinition Reduce(ExpressionDefinition body, AttributeValue start) => Of(ExpressionOperator.Reduce, Variable("list"), body, Value(start));
}
