using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions.Formula;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions;

/// <summary>Expressions allocate only what somebody is to see: a text, a list or an object that they build.</summary>
public sealed class ExpressionAllocationTests
{
    internal static readonly EvaluationContext User = new("user-1")
    {
        ["plan"] = "gold",
        ["age"] = 42,
        ["version"] = "v2.1",
        ["list"] = AttributeValue.List(1, 2, 3),
        ["home"] = AttributeValue.Object([new("zip", 1000), new("city", "Ghent")]),
    };

    public static TheoryData<string, ExpressionDefinition> Expressions => new()
    {
        { "variable", Variable("home.city") },
        { "logic", Of(ExpressionOperator.And, Variable("plan"), Of(ExpressionOperator.Not, Variable("missing"))) },
        { "equality", Of(ExpressionOperator.Equal, Variable("age"), Value("42")) },
        { "order", Of(ExpressionOperator.Less, Value(1), Variable("age"), Value(100)) },
        { "arithmetic", Of(ExpressionOperator.Equal, Of(ExpressionOperator.Remainder, Variable("age"), Value(2)), Value(0)) },
        { "set", Of(ExpressionOperator.In, Variable("plan"), Value(AttributeValue.List("a", "b", "c", "d", "e", "gold"))) },
        { "list", Of(ExpressionOperator.In, Value(2), Variable("list")) },
        { "part", Of(ExpressionOperator.In, Value("ol"), Variable("plan")) },
        { "quantifier", Of(ExpressionOperator.Some, Variable("list"), Of(ExpressionOperator.Greater, Variable(""), Value(2))) },
        { "reduction", Of(ExpressionOperator.Reduce, Variable("list"), Of(ExpressionOperator.Add, Variable("current"), Variable("accumulator")), Value(0)) },
        { "missing", Of(ExpressionOperator.Not, Of(ExpressionOperator.Missing, Value("plan"), Value("home.zip"))) },
        { "affix", Of(ExpressionOperator.StartsWith, Variable("plan"), Value("go")) },
        { "version", Of(ExpressionOperator.SemVer, Variable("version"), Value(">="), Value("2.0.1")) },
        { "key", new FractionalExpression { Shares = [Many(Value("a"))], Hash = FractionalHash.Text } },
        { "text", new FractionalExpression { By = Of(ExpressionOperator.Concatenate, Value("seed"), Variable("age")), Shares = [Many(Value("a"))], Hash = FractionalHash.Text } },
        { "signed", new FractionalExpression { By = Variable("plan"), Shares = [Many(Value("a"))], Hash = FractionalHash.SignedText } },
        { "object", new FractionalExpression { By = Variable("home"), Shares = [Many(Value("a"))], Hash = FractionalHash.Cbor } },
        { "pair", new FractionalExpression { Shares = [Many(Value("a"))], Hash = FractionalHash.Cbor } },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public void EvaluationAllocatesNothing(string what, ExpressionDefinition expression)
    {
        var served = Of(ExpressionOperator.If, expression, Value("b"), Value("a")).Serve("$me");
        var snapshot = Some.Text("flag", "a", "b").When(null, served).Open();
        snapshot.GetString("flag", User, null).Should().Be("b");

        Allocated.By(() => snapshot.GetString("flag", User, null)).Should().Be(0, what);
    }
}
