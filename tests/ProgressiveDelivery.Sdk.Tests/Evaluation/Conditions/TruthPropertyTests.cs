using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Conditions;

/// <summary>The laws of Kleene's logic, on conditions as they are compiled.</summary>
public sealed class TruthPropertyTests
{
    private static readonly EvaluationContext Nobody = new("nobody") { ["present"] = 1 };

    // True, false and unknown, each as documents can write it.
    private static readonly ConditionDefinition[] Leaves =
    [
        Some.Equal("present", 1), Some.Equal("present", 2), Some.Equal("missing", 1),
        new AllCondition([]), new AnyCondition([]), Some.Equal("present", "text"),
        Some.That("missing", AttributeOperator.Exists, false), new FlagCondition { Flag = "missing", Variants = ["on"] }, new SegmentCondition("unknown"),
    ];

    private static readonly Gen<ConditionDefinition> Any = Nested(4);

    [Fact]
    public void DeMorganHolds() => Gen.Select(Any, Any).Sample((left, right) =>
    {
        ShouldBeAlike(new NotCondition(new AllCondition([left, right])), new AnyCondition([new NotCondition(left), new NotCondition(right)]));
        ShouldBeAlike(new NotCondition(new AnyCondition([left, right])), new AllCondition([new NotCondition(left), new NotCondition(right)]));
    }, iter: 500, threads: 1);

    [Fact]
    public void NegatingTwiceChangesNothing() =>
        Any.Sample(condition => ShouldBeAlike(new NotCondition(new NotCondition(condition)), condition), iter: 500, threads: 1);

    [Fact]
    public void OrderOfMembersDoesNotMatter() => Gen.Select(Any, Any, Any).Sample((one, two, three) =>
    {
        ShouldBeAlike(new AllCondition([one, two, three]), new AllCondition([three, one, two]));
        ShouldBeAlike(new AnyCondition([one, two, three]), new AnyCondition([three, one, two]));
    }, iter: 500, threads: 1);

    [Fact]
    public void ConditionAndItsNegationAreNeverBothTrue() => Any.Sample(condition =>
        (Holds(condition) && Holds(new NotCondition(condition))).Should().BeFalse(), iter: 500, threads: 1);

    [Fact]
    public void ConnectivesAgreeWithTheTables() => Any.Sample(condition =>
    {
        bool? truth = Holds(condition) ? true : Holds(new NotCondition(condition)) ? false : null;
        truth.Should().Be(Expected(condition));
    }, iter: 2_000, threads: 1);

    private static void ShouldBeAlike(ConditionDefinition left, ConditionDefinition right)
    {
        Holds(left).Should().Be(Holds(right));
        Holds(new NotCondition(left)).Should().Be(Holds(new NotCondition(right)));
    }

    private static bool Holds(ConditionDefinition condition) =>
        (Some.Snapshot(Some.Flag().When(condition)) with { Segments = [Some.Segment("unknown", Some.Equal("missing", true))] })
            .Open(Some.Services(logger: NullLogger.Instance)).IsEnabled("flag", Nobody);

    /// <summary>What the tables in the format's description say; null is unknown.</summary>
    private static bool? Expected(ConditionDefinition condition) => condition switch
    {
        AllCondition all => all.Conditions.Select(Expected).Aggregate((bool?)true, (left, right) => left & right),
        AnyCondition any => any.Conditions.Select(Expected).Aggregate((bool?)false, (left, right) => left | right),
        NotCondition not => !Expected(not.Condition),
        AttributeCondition { Attribute: "present", Operand.Kind: AttributeKind.Integer } test => test.Operand == 1,
        AttributeCondition { Operator: AttributeOperator.Exists } => true,
        _ => null,
    };

    private static Gen<ConditionDefinition> Nested(int depth)
    {
        var leaf = Gen.Int[0, Leaves.Length - 1].Select(i => Leaves[i]);
        if (depth == 0)
            return leaf;
        var member = Nested(depth - 1);
        return Gen.OneOf(
            leaf,
            member.Array[0, 3].Select(members => (ConditionDefinition)new AllCondition(members)),
            member.Array[0, 3].Select(members => (ConditionDefinition)new AnyCondition(members)),
            member.Select(inner => (ConditionDefinition)new NotCondition(inner)));
    }
}
