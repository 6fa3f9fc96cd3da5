using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Outcomes;

public sealed class StepsTests
{
    private static readonly OutcomeStep Dutch = new() { When = Some.Equal("country", "NL"), Serve = "a" };
    private static readonly OutcomeStep Old = new() { When = Some.That("age", AttributeOperator.AtLeast, 65), Serve = "b" };

    [Theory]
    [InlineData("NL", 70, "a")]
    [InlineData("BE", 70, "b")]
    [InlineData("BE", 7, "after")]
    public void FirstStepThatHoldsDecides(string country, int age, string variant)
    {
        var flag = Some.Text("flag", "default", "a", "b", "after").When(null, new StepsOutcome([Dutch, Old]), id: "steps").When(null, "after", id: "after");

        var answer = flag.Open().EvaluateString("flag", new EvaluationContext("u") { ["country"] = country, ["age"] = age }, null);

        answer.Value.Should().Be(variant);
        answer.Rule.Should().Be(variant == "after" ? "after" : "steps");
    }

    [Fact]
    public void StepThatYieldsNothingPassesOnToTheNext()
    {
        var nobody = new BucketOutcome { Bucketing = new() { Algorithm = BucketAlgorithm.Md5Modulo, Buckets = 10 }, Shares = [new(0, double.PositiveInfinity, null)] };
        var flag = Some.Text("flag", "default", "a").When(null, new StepsOutcome([new() { Serve = nobody }, new() { Serve = "a" }]));

        flag.Open().GetString("flag", new EvaluationContext("u"), null).Should().Be("a");
    }

    [Fact]
    public void MalformedStepEndsTheFlag() =>
        Some.Text("flag", "default", "a").When(null, new StepsOutcome([new() { When = new AbortCondition("broken"), Serve = "a" }])).Open()
            .EvaluateString("flag", new EvaluationContext("u"), null).Reason.Should().Be(EvaluationReason.Error);

    [Fact]
    public void StepsNestedWithoutEndQuarantineTheFlag()
    {
        OutcomeDefinition serve = "a";
        for (var i = 0; i < 100; i++)
            serve = new StepsOutcome([new() { Serve = serve }]);

        Some.Text("flag", "default", "a").When(null, serve).Open().EvaluateString("flag", new EvaluationContext("u"), null).Error.Should().Contain("nested");
    }

    [Fact]
    public void SegmentAndLayerInsideStepsAreSeen()
    {
        var inside = new StepsOutcome([new() { When = new SegmentCondition("dutch"), Serve = "a" }]);
        var snapshot = Some.Snapshot(Some.Text("flag", "default", "a").When(null, inside)) with { Segments = [Some.Segment("dutch", Some.Equal("country", "NL"))] };

        snapshot.Open().GetString("flag", new EvaluationContext("u") { ["country"] = "NL" }, null).Should().Be("a");
        (snapshot with { Segments = [] }).Open().EvaluateString("flag", new EvaluationContext("u"), null).Reason.Should().Be(EvaluationReason.Error);
    }
}
