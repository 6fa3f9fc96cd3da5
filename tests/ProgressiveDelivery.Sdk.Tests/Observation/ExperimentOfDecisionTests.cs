using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>A flag knows the experiment that a decision is a part of, and its unit.</summary>
public sealed class ExperimentOfDecisionTests
{
    private static readonly ExperimentOutcome Checkout = Some.Experiment("checkout-test", ("on", 50), ("off", 50));

    [Fact]
    public void UnitThatARuleSplitsIsInTheExperimentOfThatRule()
    {
        var flag = Some.Flag() with { Rules = [Rule(Some.Equal("plan", "pro"), "on"), Rule(Some.Equal("country", "NL"), Checkout)] };

        Of(flag, new("ada") { ["country"] = "NL" }).Should().Be(("checkout-test", "targetingKey"));
        Of(flag, new("ada") { ["plan"] = "pro", ["country"] = "NL" }).Should().BeNull("the first rule decides");
        Of(flag, new("ada")).Should().BeNull("the default decides");
    }

    [Fact]
    public void UnitThatTheDefaultSplitsIsInItsExperiment() =>
        Of(Some.Flag() with { Default = Checkout }, new("ada")).Should().Be(("checkout-test", "targetingKey"));

    [Fact]
    public void ExperimentHasItsOwnUnit()
    {
        var serve = Checkout with { By = ["account"] };

        Of(Some.Flag() with { Default = serve }, new("ada") { ["account"] = "acme" }).Should().Be(("checkout-test", "account"));
        Of(Some.Flag() with { Default = serve }, new("ada")).Should().BeNull("there is no unit");
    }

    [Fact]
    public void UnitThatIsWithheldIsInNoExperiment()
    {
        var serve = Checkout with { Holdout = "all", Else = "off" };
        var snapshot = Some.Snapshot(Some.Flag() with { Default = serve }) with { Holdouts = [new() { Name = "all", Percent = 100 }] };

        Of(snapshot, new("ada")).Should().BeNull();
    }

    [Fact]
    public void PlainSplitIsNoExperiment() => Of(Some.Flag() with { Default = Some.Split(("on", 50), ("off", 50)) }, new("ada")).Should().BeNull();

    [Fact]
    public void OverlaidFlagIsInNoExperiment()
    {
        var snapshot = Some.Snapshot(Some.Flag() with { Default = Checkout });
        var overlay = LocalOverlay.None.With(new OverlayEntry("flag", Some.Split(("on", 50), ("off", 50)), EvaluationReason.Override));

        Of(snapshot, new("ada"), overlay).Should().BeNull();
    }

    [Fact]
    public void StepsThatNestOneExperimentAreItsPart()
    {
        var one = new StepsOutcome([Step(Some.Equal("plan", "pro"), Checkout), Step(null, Checkout)]);
        var two = new StepsOutcome([Step(Some.Equal("plan", "pro"), Checkout), Step(null, Some.Experiment("other", ("on", 1)))]);

        Of(Some.Flag() with { Default = one }, new("ada")).Should().Be(("checkout-test", "targetingKey"));
        Of(Some.Flag() with { Default = two }, new("ada")).Should().BeNull("a decision does not tell which of two it is of");
    }

    private static OutcomeStep Step(ConditionDefinition? when, OutcomeDefinition serve) => new() { When = when, Serve = serve };

    private static RuleDefinition Rule(ConditionDefinition when, OutcomeDefinition serve) => new() { When = when, Serve = serve };

    private static (string Key, string Unit)? Of(FlagDefinition flag, EvaluationContext context) => Of(Some.Snapshot(flag), context);

    private static (string Key, string Unit)? Of(SnapshotDefinition snapshot, EvaluationContext context, LocalOverlay? overlay = null)
    {
        var rules = SnapshotCompiler.Compile(snapshot, new(), overlay).Rules;
        var flag = rules.Flags.Single();
        var decision = new FeatureSnapshot(rules, SnapshotOrigin.Source, Some.Services()).Decide(flag, context);
        return flag.ExperimentOf(decision) is { } experiment ? (experiment.Key, experiment.Unit.Text) : null;
    }
}
