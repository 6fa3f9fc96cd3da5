using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Expressions;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions.Formula;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions;

/// <summary>What grows by reference costs nothing to make and everything to walk: its cost is charged before.</summary>
public sealed class GrowthTests
{
    // Room for what was written before the limit was passed; buffers grow by doubling.
    private const long MaxAllocated = 4L * FormulaCost.MaxBytes;

    // What is refused before any of it is written allocates nothing to speak of.
    private const long MaxRefused = 64 * 1024;

    private static readonly EvaluationContext Context = new("user-1")
    {
        ["shared"] = Shared.List(40, "a"),
        ["other"] = Shared.List(40, "b"),
        ["object"] = Shared.Object(40, "a"),
        ["forty"] = AttributeValue.List([.. Enumerable.Range(0, 40).Select(i => (AttributeValue)i)]),
        ["list"] = AttributeValue.List([.. Enumerable.Range(0, 1_000).Select(i => (AttributeValue)i)]),
        ["text"] = new string('x', 100_000),
        ["periodic"] = string.Concat(Enumerable.Repeat("ab", 50_000)),
        ["part"] = string.Concat(Enumerable.Repeat("ab", 12_000)) + "c" + string.Concat(Enumerable.Repeat("ab", 12_000)),
        ["version"] = string.Concat(Enumerable.Repeat("1.", 40_000)),
        ["path"] = new string('.', 50_000),
    };

    public static TheoryData<string, ExpressionDefinition> Walks => new()
    {
        { "as text", Of(ExpressionOperator.Concatenate, Variable("shared")) },
        { "in another text", Of(ExpressionOperator.In, Variable("shared"), Value("text")) },
        { "equal to a text", Of(ExpressionOperator.Equal, Variable("shared"), Value("x")) },
        { "text equal to it", Of(ExpressionOperator.Equal, Value("x"), Variable("shared")) },
        { "equal to a number", Of(ExpressionOperator.Equal, Variable("shared"), Value(1)) },
        { "before a text", Of(ExpressionOperator.Less, Variable("shared"), Value("x")) },
        { "before a number", Of(ExpressionOperator.Less, Value(1), Variable("shared")) },
        { "in a sum", Of(ExpressionOperator.Add, Variable("shared"), Value(1)) },
        { "in a difference", Of(ExpressionOperator.Subtract, Variable("shared"), Value(1)) },
        { "cut", Of(ExpressionOperator.Substring, Variable("shared"), Value(0), Value(1)) },
        { "where it is cut", Of(ExpressionOperator.Substring, Value("text"), Variable("shared")) },
        { "converted to text", Of(ExpressionOperator.ToText, Variable("shared")) },
        { "converted to text and compared", Of(ExpressionOperator.Same, Of(ExpressionOperator.ToText, Variable("shared")), Value("x")) },
        { "converted to a number", Of(ExpressionOperator.ToNumber, Variable("shared")) },
        { "matched", Of(ExpressionOperator.Matches, Variable("shared"), Value("x")) },
        { "as a path", Of(ExpressionOperator.Variable, Variable("shared")) },
        { "as a path that is missing", Of(ExpressionOperator.Missing, Many(Variable("shared"))) },
        { "as how many suffice", Of(ExpressionOperator.MissingSome, Variable("shared"), Many(Value("none"))) },
        { "compared by content", Of(ExpressionOperator.Identical, Variable("shared"), Variable("other")) },
        { "hashed as text", new FractionalExpression { By = Of(ExpressionOperator.Concatenate, Variable("shared")), Shares = [Many(Value("a"))], Hash = FractionalHash.Text } },
        { "hashed as text in CBOR", new FractionalExpression { By = Of(ExpressionOperator.Concatenate, Variable("shared")), Shares = [Many(Value("a"))], Hash = FractionalHash.Cbor } },
        { "hashed in CBOR", new FractionalExpression { By = Variable("shared"), Shares = [Many(Value("a"))], Hash = FractionalHash.Cbor } },
        { "object hashed in CBOR", new FractionalExpression { By = Variable("object"), Shares = [Many(Value("a"))], Hash = FractionalHash.Cbor } },
        { "object in a list as text", Of(ExpressionOperator.Concatenate, Many(Variable("shared"), Variable("object"))) },
        { "searched through for a part that nearly matches everywhere", Of(ExpressionOperator.In, Variable("part"), Variable("periodic")) },
    };

    public static TheoryData<string, ExpressionDefinition> Growths => new()
    {
        { "the list of the report", Of(ExpressionOperator.Equal, Of(ExpressionOperator.Concatenate, Fold("forty", Many(Accumulator, Accumulator), "a")), Value("x")) },
        { "a text", Fold("forty", Of(ExpressionOperator.Concatenate, Accumulator, Accumulator), new string('x', 100_000)) },
        { "a list", Fold("forty", Of(ExpressionOperator.Merge, Accumulator, Accumulator), AttributeValue.List(1)) },
        { "lists that are dropped", Fold("list", Of(ExpressionOperator.Map, Value(Context["list"]), Value(1)), 0) },
        { "lists that are filtered", Fold("list", Of(ExpressionOperator.Filter, Value(Context["list"]), Value(true)), 0) },
        { "lists that are written down", Fold("list", Many([.. Enumerable.Range(0, 1_000).Select(_ => Accumulator)]), 0) },
        { "texts that are cut", Fold("list", Of(ExpressionOperator.Substring, Value(Context["text"]), Value(1)), 0) },
        { "texts that are folded", Fold("list", Of(ExpressionOperator.FoldCase, Computed("text")), 0) },
        { "short texts", Of(ExpressionOperator.Map, Value(AttributeValue.List([.. Enumerable.Range(0, 30_000).Select(i => (AttributeValue)i)])), Of(ExpressionOperator.Concatenate, Value(new string('x', 60)), Value(new string('y', 60)))) },
        { "versions", Fold("list", Of(ExpressionOperator.PaddedVersion, Computed("version")), 0) },
        { "paths", Fold("list", Of(ExpressionOperator.Variable, Value(Context["path"]), Of(ExpressionOperator.Variable, Of(ExpressionOperator.Concatenate, Value(Context["path"])))), 0) },
        { "paths that are missing", Fold("list", Of(ExpressionOperator.Missing, Of(ExpressionOperator.Map, Value(Context["list"]), Value("no"))), 0) },
        { "all there is", Of(ExpressionOperator.And, [.. Enumerable.Range(0, 15_000).Select(_ => Of(ExpressionOperator.Variable))]) },
        { "all that a turn sees", Of(ExpressionOperator.Reduce, Value(AttributeValue.List([.. Enumerable.Range(0, 40_000).Select(i => (AttributeValue)i)])), Of(ExpressionOperator.Variable, Value("")), Value(0)) },
    };

    private static ExpressionDefinition Accumulator => Variable("accumulator");

    [Theory]
    [MemberData(nameof(Walks))]
    public void CallersSharedListIsRefusedBeforeItIsWalked(string what, ExpressionDefinition expression)
    {
        var (evaluation, allocated) = Evaluate(expression);

        evaluation.Reason.Should().Be(EvaluationReason.Error, what);
        allocated.Should().BeLessThan(MaxRefused, what);
    }

    [Theory]
    [MemberData(nameof(Growths))]
    public void GrowthIsStoppedWhileItIsSmall(string what, ExpressionDefinition expression)
    {
        var (evaluation, allocated) = Evaluate(expression);

        evaluation.Reason.Should().Be(EvaluationReason.Error, what);
        allocated.Should().BeLessThan(MaxAllocated, what);
    }

    [Fact]
    public void AllRulesOfAnEvaluationShareOneLimit()
    {
        // Each costs most of the limit and comes to nothing.
        var costly = Of(ExpressionOperator.Some, Value(AttributeValue.List([.. Enumerable.Range(0, 30_000).Select(i => (AttributeValue)i)])), Value(false));
        var flag = Some.Text("flag", "a", "b");
        for (var i = 0; i < 10; i++)
            flag = flag.When(new ExpressionCondition(costly), "b", $"rule-{i}");

        var evaluation = flag.Open().EvaluateString("flag", Context, null);

        evaluation.Reason.Should().Be(EvaluationReason.Error);
        evaluation.Rule.Should().Be("rule-1");
    }

    [Fact]
    public void EachEvaluationBeginsAtNothing()
    {
        var costly = Of(ExpressionOperator.Some, Value(AttributeValue.List([.. Enumerable.Range(0, 30_000).Select(i => (AttributeValue)i)])), Value(false));
        var snapshot = Some.Text("flag", "a", "b").When(new ExpressionCondition(costly), "b").Open();

        for (var i = 0; i < 10; i++)
            snapshot.EvaluateString("flag", Context, null).Reason.Should().Be(EvaluationReason.Default);
    }

    [Fact]
    public void OrdinaryFormulasAreFarFromTheLimit()
    {
        var costs = new List<int>();
        foreach (var row in ExpressionAllocationTests.Expressions)
        {
            ((ExpressionDefinition)row[1]).Evaluate(ExpressionAllocationTests.User, new() { Surroundings = "$me" }, out var cost);
            costs.Add(cost.Steps);
        }

        costs.Max().Should().BeLessThan(FormulaCost.MaxSteps / 1_000);
    }

    private static (Evaluation<string?> Evaluation, long Allocated) Evaluate(ExpressionDefinition expression)
    {
        var snapshot = Some.Text("flag", "a", "b").When(new ExpressionCondition(expression), "b").Open();
        // What is compiled at the first call is no cost of the formula.
        snapshot.EvaluateString("flag", Context, null);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var evaluation = snapshot.EvaluateString("flag", Context, null);
        return (evaluation, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // What is known beforehand is converted beforehand.
    private static ExpressionDefinition Computed(string attribute) => Of(ExpressionOperator.If, Value(true), Value(Context[attribute]));

    private static ExpressionDefinition Fold(string list, ExpressionDefinition body, AttributeValue start) =>
        Of(ExpressionOperator.Reduce, Variable(list), body, Value(start));
}
