using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using static ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions.Formula;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions;

public sealed class ExpressionOutcomeTests
{
    private static readonly EvaluationContext User = new("user-1")
    {
        ["plan"] = "gold",
        ["home"] = AttributeValue.Object([new("country", "BE"), new("streets", AttributeValue.List("x", "y"))]),
        ["since"] = Some.Monday,
    };

    [Theory]
    [InlineData("gold")]
    [InlineData("none")]
    public void TextNamesAVariant(string text) => Serve(Value(text), "none", "gold").Should().Be(text);

    [Fact]
    public void BooleansAndNumbersNameVariantsAsJsonWritesThem()
    {
        Serve(Value(true), "no", "true").Should().Be("true");
        Serve(Value(1.0), "no", "1").Should().Be("1");
        Serve(Value(12), "no", "12").Should().Be("12");
        Serve(Value(1e21), "no", "1e+21").Should().Be("1e+21");
        Serve(Value("9"), [.. Enumerable.Range(0, 20).Select(i => i.ToString(CultureInfo.InvariantCulture))]).Should().Be("9");
    }

    [Fact]
    public void NullPassesOnAndWhatNamesNoVariantEndsTheFlag()
    {
        var snapshot = Some.Text("flag", "a", "b").When(null, Variable("missing").Serve(), "one").When(null, "b", "two").Open();
        snapshot.EvaluateString("flag", User, null).Rule.Should().Be("two");

        foreach (var value in new AttributeValue[] { "c", "", AttributeValue.List(), 7 })
            Some.Text("flag", "a").When(null, Value(value).Serve()).Open().EvaluateString("flag", User, "fallback").Reason.Should().Be(EvaluationReason.Error);
    }

    [Fact]
    public void ConditionHoldsWhereTheExpressionCountsAsTrue()
    {
        var flag = Some.Flag().When(new ExpressionCondition(Of(ExpressionOperator.In, Variable("plan"), Value(AttributeValue.List("gold", "silver")))));

        flag.Open().IsEnabled("flag", User).Should().BeTrue();
        flag.Open().IsEnabled("flag", new EvaluationContext("u")).Should().BeFalse();
    }

    [Fact]
    public void VariablesWalkIntoObjectsAndLists()
    {
        Variable("home.country").Evaluate(User).Should().Be((AttributeValue)"BE");
        Variable("home.streets.1").Evaluate(User).Should().Be((AttributeValue)"y");
        Variable("home.streets.2").Evaluate(User).IsNull.Should().BeTrue();
        Variable("targetingKey").Evaluate(User).Should().Be((AttributeValue)"user-1");
        Variable("since").Evaluate(User).Should().Be((AttributeValue)"2026-11-23T12:00:00+00:00");
        Of(ExpressionOperator.Variable, Of(ExpressionOperator.Concatenate, Value("home."), Value("country"))).Evaluate(User).Should().Be((AttributeValue)"BE");
        Of(ExpressionOperator.Variable, Value("no"), Value("else")).Evaluate(User).Should().Be((AttributeValue)"else");
    }

    [Fact]
    public void SurroundingsAreSeenUnderTheirNameAndOverTheCallersAttributes()
    {
        var scope = new ExpressionScope { Surroundings = "$me" };
        var user = User.With("$me", "mine");

        Variable("$me.flagKey").Evaluate(user, scope).Should().Be((AttributeValue)"flag");
        Variable("$me.timestamp").Evaluate(user, scope).Should().Be((AttributeValue)Some.Monday.ToUnixTimeSeconds());
        Variable("$me").Evaluate(user, scope).Members.Length.Should().Be(2);
        Variable("$me").Evaluate(user).Should().Be((AttributeValue)"mine");
    }

    [Fact]
    public void ClockIsReadWhereTheTimestampMayBeAskedFor()
    {
        var late = Of(ExpressionOperator.If, Of(ExpressionOperator.Greater, Variable("$me.timestamp"), Value(1)), Value("b"));
        var computed = Of(ExpressionOperator.If, Of(ExpressionOperator.Greater, Of(ExpressionOperator.Variable, Of(ExpressionOperator.Concatenate, Value("$me.timestamp"))), Value(1)), Value("b"));

        Some.Text("flag", "a", "b").When(null, late.Serve("$me")).Open().GetString("flag", User, null).Should().Be("b");
        Some.Text("flag", "a", "b").When(null, computed.Serve("$me")).Open().GetString("flag", User, null).Should().Be("b");
    }

    [Fact]
    public void GivenValuesAreSeenInsteadOfTheCallers()
    {
        var scope = new ExpressionScope { Given = AttributeValue.Object([new("plan", "given"), new("targetingKey", "other")]) };

        Variable("plan").Evaluate(User, scope).Should().Be((AttributeValue)"given");
        Variable("targetingKey").Evaluate(User, scope).Should().Be((AttributeValue)"other");
        Variable("home.country").Evaluate(User, scope).Should().Be((AttributeValue)"BE");
    }

    [Fact]
    public void WholeIsAllThatIsSeen()
    {
        var whole = Of(ExpressionOperator.Variable).Evaluate(User, new() { Surroundings = "$me", Given = AttributeValue.Object([new("plan", "given")]) });

        whole.Members.ToArray().Select(member => member.Name).Should().Equal("$me", "home", "plan", "since", "targetingKey");
    }

    [Fact]
    public void ItemsOfALoopAreAllThatItsBodySees()
    {
        var outside = Of(ExpressionOperator.Map, Value(AttributeValue.List(1, 2)), Variable("plan"));
        var after = Of(ExpressionOperator.Concatenate, Of(ExpressionOperator.Some, Value(AttributeValue.List(1)), Variable("")), Variable("plan"));

        outside.Evaluate(User).Should().Be(AttributeValue.List(default, default));
        after.Evaluate(User).Should().Be((AttributeValue)"truegold");
    }

    [Fact]
    public void ExplanationSaysWhatCameOutAndWhichShareTheHashFellInto()
    {
        var chosen = new FractionalExpression { By = Variable("targetingKey"), Shares = [Many(Value("a"), Value(0)), Many(Value("b"), Value(3))], Hash = FractionalHash.Text };

        var text = Some.Text("flag", "a", "b").When(null, chosen.Serve()).Open().Explain("flag", User).ToString();

        text.Should().Contain("share 2").And.Contain("it yields 'b'");
    }

    [Fact]
    public void DefinitionsThatSayTheSameAreEqualByContent()
    {
        Difference(() => new FractionalExpression { By = Variable("a"), Shares = [Many(Value("a"), Value(1))], Hash = FractionalHash.Text }).Should().BeTrue();
        Difference(() => Of(ExpressionOperator.Add, Value(1), Many(Variable("x")))).Should().BeTrue();
        Of("flag", Value(1)).AnswersLike(Of("flag", Value(2))).Should().BeFalse();
        Of("flag", Value(1)).AnswersLike(Of("flag", Variable("x"))).Should().BeFalse();
        (new ExpressionCondition(Variable("x")) == new ExpressionCondition(Variable("x"))).Should().BeTrue();
        (new ExpressionCondition(Variable("x")) == new ExpressionCondition(Variable("x")) { Scope = new() { Surroundings = "me" } }).Should().BeFalse();
    }

    private static bool Difference(Func<ExpressionDefinition> make) => Of("flag", make()).AnswersLike(Of("flag", make()));

    private static FlagDefinition Of(string key, ExpressionDefinition expression) => Some.Text(key, "a") with { Rules = [new() { Serve = expression.Serve() }] };

    private static string? Serve(ExpressionDefinition expression, params string[] variants) =>
        Some.Text("flag", variants).When(null, expression.Serve()).Open().GetString("flag", User, null);

    private static ExpressionDefinition Of(ExpressionOperator name, params ExpressionDefinition[] operands) => Formula.Of(name, operands);
}
