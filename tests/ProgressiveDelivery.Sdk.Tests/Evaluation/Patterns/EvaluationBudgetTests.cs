using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Patterns;

/// <summary>All regular expressions of one evaluation share one budget; past it, the flag ends with an error and never with a wrong answer.</summary>
public sealed class PatternBudgetTests
{
    private static readonly EvaluationContext Long = new("u") { ["text"] = new string('a', 1_000_000) };

    private static readonly EvaluationContext Short = new("u") { ["text"] = new string('a', 1_000) };

    [Fact]
    public void ManyHostileExpressionsAreAnswered()
    {
        var flag = Enumerable.Range(0, 200).Aggregate(Some.Flag(), (flag, i) => flag.When(Ecma($"^(a+)+(?=N{i})$")));
        var snapshot = Some.Snapshot(flag).Open();

        snapshot.EvaluateBoolean("flag", new EvaluationContext("u") { ["text"] = new string('a', 40) + "!" }, true).Should().BeEquivalentTo(new { Value = false, Reason = EvaluationReason.Default });
    }

    [Fact]
    public void RulesShareOneBudget() => Check(Enumerable.Range(0, 200).Aggregate(Some.Flag(), (flag, i) => flag.When(Costly(i))));

    [Fact]
    public void NegationDoesNotServeEverybody() => Check(Some.Flag().When(new NotCondition(new AnyCondition([.. Enumerable.Range(0, 200).Select(Costly)]))));

    [Fact]
    public void DialectWithAnAnswerForMismatchesEndsTheFlagToo() =>
        Check(Some.Flag().When(new NotCondition(new AnyCondition([.. Enumerable.Range(0, 200).Select(i => Ecma($"(a|b)+c{i}") with { Missing = Judgment.False, Mismatch = Judgment.False })]))));

    [Fact]
    public void ListsShareOneBudget()
    {
        var test = new AttributeCondition { Attribute = "texts", Operator = AttributeOperator.Matches, Operand = "(a|b)+c", Dialect = new() { AnyItem = true } };
        var context = new EvaluationContext("u") { ["texts"] = Enumerable.Repeat(new string('a', 100_000), 200).ToArray() };

        Some.Snapshot(Some.Flag().When(new NotCondition(test))).Open().EvaluateBoolean("flag", context, false).Reason.Should().Be(EvaluationReason.Error);
    }

    [Fact]
    public void PrerequisitesShareOneBudget()
    {
        var flags = Enumerable.Range(0, 200).Select(i => Some.Flag($"p{i}").When(Costly(i)) with { Default = "on" }).ToList();
        var flag = flags.Aggregate(Some.Flag().When(null), (flag, other) => flag.Requiring(other.Key, "on"));
        var snapshot = Some.Snapshot([flag, .. flags]).Open();

        snapshot.EvaluateBoolean("p0", Long, false).Reason.Should().Be(EvaluationReason.Default);
        snapshot.EvaluateBoolean("flag", Long, false).Reason.Should().Be(EvaluationReason.Error);
        snapshot.EvaluateBoolean("flag", Short, false).Value.Should().BeTrue();
    }

    [Fact]
    public void SegmentsShareOneBudget()
    {
        var segments = Enumerable.Range(0, 200).Select(i => Some.Segment($"s{i}", Costly(i))).ToList();
        var flag = Some.Flag().When(new NotCondition(new AnyCondition([.. segments.Select(segment => new SegmentCondition(segment.Name))])));

        Check(Some.Snapshot(flag) with { Segments = segments });
    }

    [Fact]
    public void BackReferencesShareOneBudget()
    {
        var flag = Enumerable.Range(0, 200).Aggregate(Some.Flag(), (flag, i) => flag.When(Ecma($@"^(a+)+\1{i}N$")));
        var snapshot = Some.Snapshot(flag).Open();

        snapshot.EvaluateBoolean("flag", new EvaluationContext("u") { ["text"] = new string('a', 60) + "!" }, true).Reason.Should().Be(EvaluationReason.Error);
        snapshot.EvaluateBoolean("flag", new EvaluationContext("u") { ["text"] = new string('a', 20_000) }, true).Reason.Should().Be(EvaluationReason.Error);
    }

    [Fact]
    public void NextEvaluationHasABudgetOfItsOwn()
    {
        var snapshot = Some.Snapshot(Enumerable.Range(0, 200).Aggregate(Some.Flag(), (flag, i) => flag.When(Costly(i)))).Open();

        snapshot.EvaluateBoolean("flag", Long, true).Reason.Should().Be(EvaluationReason.Error);
        snapshot.EvaluateBoolean("flag", Short, true).Reason.Should().Be(EvaluationReason.Default);
    }

    [Fact]
    public void ExplanationSaysWhy()
    {
        var snapshot = Some.Snapshot(Enumerable.Range(0, 200).Aggregate(Some.Flag(), (flag, i) => flag.When(Costly(i)))).Open();

        var explanation = snapshot.Explain("flag", Long);

        explanation.Reason.Should().Be(EvaluationReason.Error);
        explanation.Error.Should().Be(PatternBudget.TooCostly);
    }

    private static void Check(FlagDefinition flag) => Check(Some.Snapshot(flag));

    // The same flag answers a short text: nothing but the cost ends it.
    private static void Check(SnapshotDefinition definition)
    {
        var snapshot = definition.Open();

        snapshot.EvaluateBoolean("flag", Long, false).Should().BeEquivalentTo(new { Value = false, Reason = EvaluationReason.Error });
        snapshot.EvaluateBoolean("flag", Short, false).Reason.Should().NotBe(EvaluationReason.Error);
    }

    private static ConditionDefinition Costly(int i) => Some.That("text", AttributeOperator.Matches, $"(a|b)+c{i}");

    private static AttributeCondition Ecma(string pattern) =>
        new() { Attribute = "text", Operator = AttributeOperator.Matches, Operand = pattern, Dialect = new() { Patterns = PatternSyntax.EcmaScript, Texts = TextReading.EcmaScript } };
}
