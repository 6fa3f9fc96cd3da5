using ProgressiveDelivery.Sdk.Backends.Eppo;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Eppo;

/// <summary>Variations whose value is of another type than their flag.</summary>
public sealed class AssignmentErrorTests
{
    private const string Document = """
        {"flags":{"whole":{"enabled":true,"variationType":"INTEGER","variations":{"one":{"key":"one","value":1},"pi":{"key":"pi","value":3.1415926}},"allocations":[
          {"key":"adults","rules":[{"conditions":[{"attribute":"age","operator":"GTE","value":18}]}],"splits":[{"variationKey":"one","shards":[{"salt":"s","totalShards":10,"ranges":[]}]},{"variationKey":"pi","shards":[]}],"doLog":true},
          {"key":"others","splits":[{"variationKey":"one","shards":[]}]}]},
         "lost":{"enabled":true,"variationType":"INTEGER","variations":{"one":{"key":"one","value":1}},"allocations":[{"key":"a","splits":[{"variationKey":"gone","shards":[]}]}]}}}
        """;

    [Fact]
    public void DetailsNameTheVariationAndTheAllocation()
    {
        var assignment = Asked.Of(new EppoFormat(), Document).GetEppoAssignment("whole", new EvaluationContext("ada") { ["age"] = 42 });

        assignment.Should().BeEquivalentTo(new
        {
            Code = "ASSIGNMENT_ERROR",
            Reason = "ERROR",
            Variation = "pi",
            Value = (string?)null,
            Matched = new EppoAllocation("adults", "MATCH", 1),
            Unevaluated = new[] { new EppoAllocation("others", "UNEVALUATED", 2) },
            DoLog = false,
        });
        assignment.Unmatched.Should().BeEmpty();
    }

    [Fact]
    public void CallerGetsTheFallback()
    {
        var answer = Asked.Of(new EppoFormat(), Document).EvaluateInteger("whole", new EvaluationContext("ada") { ["age"] = 42 }, -1);

        (answer.Value, answer.Reason).Should().Be((-1L, EvaluationReason.Error));
    }

    [Fact]
    public void SoundVariationOfTheSameFlagIsAssigned()
    {
        var assignment = Asked.Of(new EppoFormat(), Document).GetEppoAssignment("whole", new EvaluationContext("ada") { ["age"] = 12 });

        (assignment.Code, assignment.Variation, assignment.Matched).Should().Be(("MATCH", "one", new EppoAllocation("others", "MATCH", 2)));
    }

    [Fact]
    public void VariationThatIsNotThereHasNoName()
    {
        var assignment = Asked.Of(new EppoFormat(), Document).GetEppoAssignment("lost", new("ada"));

        (assignment.Code, assignment.Variation, assignment.Matched).Should().Be(("ASSIGNMENT_ERROR", null, null));
    }
}
