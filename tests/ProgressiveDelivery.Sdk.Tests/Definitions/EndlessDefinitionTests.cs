using System.Buffers;
using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Definitions;

/// <summary>Definitions built in code that are small in memory, and endless or too deep for what walks them.</summary>
public sealed class EndlessDefinitionTests
{
    public static TheoryData<string> Endless => ["one condition at two places", "condition in itself", "steps at two places", "segment"];

    [Theory]
    [MemberData(nameof(Endless))]
    public void P19_EndlessDefinitionsAreRejectedAsAWhole(string shape)
    {
        var result = Judge(Of(shape));

        result.Verdict.Should().Be(AcceptanceVerdict.Refused);
        result.Diagnostics.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Id = "PD1004" });
        result.Diagnostics[0].Message.Should().Contain("7000000 conditions");
    }

    [Theory]
    [MemberData(nameof(Endless))]
    [Trait("Category", "Long")]
    public void P19_EndlessDefinitionsAreNeitherWrittenNorConverted(string shape)
    {
        var output = new ArrayBufferWriter<byte>();

        FluentActions.Invoking(() => SnapshotJson.Write(Of(shape), output)).Should().Throw<ArgumentException>().WithMessage("*7000000 conditions*");

        output.WrittenCount.Should().Be(0);
        SnapshotJson.ConvertToNative(Of(shape), 2).Should().BeEquivalentTo(new { Definition = (object?)null, Diagnostics = new[] { new { Id = "PD1004" } } });
    }

    [Fact]
    public void OneConditionInManyPlacesIsAccepted()
    {
        ConditionDefinition shared = new AllCondition([.. Enumerable.Repeat(Some.Equal("country", "NL"), 1_000)]);
        var snapshot = Some.Snapshot(Some.Flag().When(new AnyCondition([.. Enumerable.Repeat(shared, 100)])));

        ConditionCount.IsBeyond(snapshot).Should().BeFalse();
        snapshot.Open().IsEnabled("flag", new EvaluationContext("ada") { ["country"] = "NL" }).Should().BeTrue();
    }

    [Fact]
    public void DeepRulesAreNotConvertedAndTheOthersAre()
    {
        ConditionDefinition deep = new SegmentCondition("beta");
        OutcomeDefinition steps = "on";
        for (var i = 0; i < 200_000; i++)
            (deep, steps) = (new NotCondition(deep), new StepsOutcome([new() { Serve = steps }]));
        var snapshot = Some.Snapshot(Some.Flag("own"), Some.Flag("deep").When(deep), Some.Flag("steps").When(null, steps), Some.Flag("default") with { Default = steps });

        var (definition, found) = SnapshotJson.ConvertToNative(snapshot, 2);

        definition!.Flags.Select(flag => flag.Key).Should().Equal("own");
        found.Where(one => one.Severity == Sdk.Diagnostics.DiagnosticSeverity.Error).Should().HaveCount(3).And.OnlyContain(one => one.Message.Contains("nested too deeply", StringComparison.Ordinal));
    }

    [Fact]
    public void DeepRulesAreListedAsFarAsPeopleRead()
    {
        ConditionDefinition deep = new SegmentCondition("beta");
        OutcomeDefinition steps = Some.Experiment("deep", ("on", 1));
        for (var i = 0; i < 200_000; i++)
            (deep, steps) = (new NotCondition(deep), new StepsOutcome([new() { Serve = steps }]));
        OutcomeDefinition shallow = new StepsOutcome([new() { Serve = new StepsOutcome([new() { Serve = Some.Experiment("shallow", ("on", 1)) }]) }]);

        var flag = Some.Flag().When(deep, steps).When(null, shallow).When(new AllCondition([null!]), null!);
        var listed = Judge(Some.Snapshot(flag)).Snapshot!.Flags.Single();

        listed.Rules.Should().HaveCount(3).And.OnlyContain(rule => rule.Condition == null || rule.Condition.Length < 100);
        listed.Rules[2].Should().BeEquivalentTo(new { Condition = "nothing" });
        listed.Experiments.Should().Equal("shallow");
        listed.Attributes.Should().BeEquivalentTo("targetingKey");
    }

    [Fact]
    public void OperandIsDescribedAsFarAsPeopleRead()
    {
        foreach (var operand in (AttributeValue[])[Shared.List(40, "a"), Shared.Object(40, "a"), Shared.Nested(200_000, 1)])
            DefinitionText.Of(Some.Equal("country", operand)).Length.Should().BeLessThan(1_000);
        DefinitionText.Of(Some.That("country", AttributeOperator.In, AttributeValue.List("NL", "BE"))).Should().Be("country in \"NL\", \"BE\"");
    }

    [Fact]
    public void PathsOfAnExpressionAreCollectedWithinABound()
    {
        foreach (var path in (AttributeValue[])[Shared.List(40, "a"), Shared.Nested(200_000, "a")])
        {
            var references = new HashSet<string>();
            new ExpressionReferences(new(), references).Add(new OperationExpression { Operator = ExpressionOperator.Missing, Operands = [new LiteralExpression(path)] });
            references.Should().BeEmpty();
        }

        var known = new HashSet<string>();
        new ExpressionReferences(new(), known).Add(new OperationExpression { Operator = ExpressionOperator.Missing, Operands = [new LiteralExpression(AttributeValue.List("a", "b.c"))] });
        known.Should().BeEquivalentTo("a", "/b/c");
    }

    private static AcceptanceResult Judge(SnapshotDefinition snapshot)
    {
        var services = Some.Services();
        return new SnapshotAcceptance(services, new(), maxQuarantinedShare: 1).Judge(
            SnapshotReading.OfDefinition(snapshot), new NativeSnapshotFormat(new()), SnapshotOrigin.Source, FeatureSnapshot.NotReady(services));
    }

    private static SnapshotDefinition Of(string shape)
    {
        ConditionDefinition condition = Some.Equal("country", "NL");
        OutcomeDefinition steps = "on";
        for (var i = 0; i < 60; i++)
            (condition, steps) = (new AllCondition([condition, condition]), new StepsOutcome([new() { Serve = steps }, new() { Serve = steps }]));
        var members = new List<ConditionDefinition>();
        ConditionDefinition itself = new AnyCondition(members);
        members.AddRange([itself, itself]);
        return shape switch
        {
            "one condition at two places" => Some.Snapshot(Some.Flag("own"), Some.Flag("endless").When(condition)),
            "condition in itself" => Some.Snapshot(Some.Flag("own"), Some.Flag("endless").When(itself)),
            "steps at two places" => Some.Snapshot(Some.Flag("own"), Some.Flag("endless").When(null, steps)),
            _ => Some.Snapshot(Some.Flag("own")) with { Segments = [Some.Segment("endless", new NotCondition(condition))] },
        };
    }
}
