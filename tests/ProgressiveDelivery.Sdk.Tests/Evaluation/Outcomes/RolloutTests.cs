using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Outcomes;

public sealed class RolloutTests
{
    [Fact]
    public void SplitInARolloutTakesItsUnitUnlessItHasItsOwn()
    {
        var split = Some.Split(("a", 1), ("b", 1));
        var byAccount = Some.Rollout(100, split) with { By = ["account"] };
        var byKey = byAccount with { To = split with { By = ["targetingKey"] } };

        Variants(byAccount).Should().ContainSingle();
        Variants(byKey).Should().HaveCount(2);
    }

    // Of many users of one account.
    private static IEnumerable<string?> Variants(RolloutOutcome serve)
    {
        var flags = (Some.Text("flag", "a", "b") with { Default = serve }).Open();
        return Enumerable.Range(0, 50).Select(i => flags.GetString("flag", new EvaluationContext($"user-{i}") { ["account"] = "one" }, null)).Distinct();
    }
}
