using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Outcomes;

public sealed class ExperimentTests
{
    private const int Units = 20_000;

    [Theory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    public void AssignmentAtTheMinimumVersionIsKept(string stored, bool expected)
    {
        var assignments = new AssignmentMemory(10);
        assignments.Store("x", "u", new(2, stored));
        var flag = Some.Flag() with { Default = Some.Experiment("x", ("on", 1), ("off", 1)) with { Sticky = new() { Version = 2, MinimumVersion = 2 } } };

        var answer = Some.Snapshot(flag).Open(Some.Services(assignments: assignments)).EvaluateBoolean("flag", new("u"));

        (answer.Value, answer.Variant, answer.Reason).Should().Be((expected, stored, EvaluationReason.Split));
    }

    [Fact]
    public void ExperimentsOfOneLayerExcludeEachOther()
    {
        var flags = Open(
            Experiment("one") with { Layer = "layer", Slots = new(0, 300_000) },
            Experiment("two") with { Layer = "layer", Slots = new(300_000, 1_000_000) });

        var one = 0;
        for (var i = 0; i < Units; i++)
        {
            var user = new EvaluationContext($"user-{i}");
            var first = flags.EvaluateString("one", user, null).Variant is not null;

            (flags.EvaluateString("two", user, null).Variant is null).Should().Be(first);
            one += first ? 1 : 0;
        }

        (one / (double)Units).Should().BeApproximately(0.3, 0.015);
    }

    [Fact]
    public void HoldoutKeepsItsUnitsOutOfEveryExperimentThatNamesIt()
    {
        var flags = Open(Experiment("one") with { Holdout = "holdout", Else = "a" }, Experiment("two") with { Holdout = "holdout", Else = "b" });

        var withheld = 0;
        for (var i = 0; i < Units; i++)
        {
            var user = new EvaluationContext($"user-{i}");
            var one = flags.EvaluateString("one", user, null);
            var two = flags.EvaluateString("two", user, null);

            (one.Reason, two.Reason).Should().Be((two.Reason, one.Reason));
            if (one.Reason != EvaluationReason.Holdout)
                continue;
            (one.Variant, two.Variant).Should().Be(("a", "b"));
            withheld++;
        }

        (withheld / (double)Units).Should().BeApproximately(0.05, 0.01);
    }

    [Fact]
    public void HoldoutOfADefaultWithoutElseLeavesNoVariant()
    {
        var flags = (Snapshot(Experiment("one") with { Holdout = "holdout" }) with { Holdouts = [new() { Name = "holdout", Percent = 100 }] }).Open();

        flags.EvaluateString("one", new("u"), "mine").Should().Match<Evaluation<string?>>(
            answer => answer.Value == "mine" && answer.Variant == null && answer.Reason == EvaluationReason.Default);
    }

    [Fact]
    public void HoldoutComesBeforeWhatIsStoredAndThatBeforeTheLayer()
    {
        var withheld = Unit("holdout", position => position < 50_000);
        var outside = Unit("layer", position => position >= 500_000, "holdout", position => position >= 50_000);
        var assignments = new AssignmentMemory(10);
        var flags = Open(assignments, Experiment("one") with { Layer = "layer", Slots = new(0, 500_000), Holdout = "holdout", Else = "a", Sticky = new() { Version = 1 } });

        flags.EvaluateString("one", new(outside), null).Should().Match<Evaluation<string?>>(answer => answer.Variant == "a" && answer.Reason == EvaluationReason.Default);
        assignments.Store("one", outside, new(1, "b"));
        assignments.Store("one", withheld, new(1, "b"));

        flags.EvaluateString("one", new(outside), null).Should().Match<Evaluation<string?>>(answer => answer.Variant == "b" && answer.Reason == EvaluationReason.Split);
        flags.EvaluateString("one", new(withheld), null).Should().Match<Evaluation<string?>>(answer => answer.Variant == "a" && answer.Reason == EvaluationReason.Holdout);
    }

    [Fact]
    public void UnitsMayDifferBetweenLayerHoldoutAndExperiment()
    {
        var counters = new EvaluationCounters();
        var snapshot = Snapshot(Experiment("one") with { By = ["device"], Layer = "layer", Holdout = "holdout", Else = "a" }) with
        {
            Layers = [new() { Name = "layer", By = ["account"] }],
            Holdouts = [new() { Name = "holdout", Percent = 0, By = ["household"] }],
        };
        var flags = snapshot.Open(Some.Services(counters: counters));
        var whole = new EvaluationContext { ["device"] = 1, ["account"] = "x", ["household"] = true };

        flags.EvaluateString("one", whole, null).Reason.Should().Be(EvaluationReason.Split);
        counters.MissingUnits.Should().Be(0);
        foreach (var missing in new[] { "device", "account", "household" })
            flags.EvaluateString("one", whole.With(missing, (string?)null), null).Variant.Should().BeNull();
        counters.MissingUnits.Should().Be(3);
    }

    [Fact]
    public void NoTextOfAUnitIsStoredWithoutSticky()
    {
        var assignments = new AssignmentMemory(10);

        Open(assignments, Experiment("one")).GetString("one", new("u"), null).Should().NotBeNull();

        assignments.TryGet("one", "u", out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("1", 1L)]
    [InlineData("-1", -1L)]
    [InlineData("1", 1.0)]
    [InlineData("0", -0.0)]
    [InlineData("0.1", 0.1)]
    [InlineData("1e-05", 0.00001)]
    [InlineData("10000000000000000000000", 1e22)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void UnitIsTheTextOfItsValue(string text, object value)
    {
        AttributeValue unit = value switch { long integer => integer, double number => number, bool boolean => boolean, _ => default };
        var assignments = new AssignmentMemory(10);

        Open(assignments, Experiment("one") with { By = ["unit"], Sticky = new() { Version = 1 } }).GetString("one", new EvaluationContext { ["unit"] = unit }, null);

        assignments.TryGet("one", text, out _).Should().BeTrue();
    }

    [Fact]
    public void ValuesThatAreNoUnitAreSkipped()
    {
        var flags = Some.Snapshot(Some.Flag() with { Default = Some.Rollout(100) with { By = ["unit", "spare"] } }).Open();

        foreach (var value in new AttributeValue[] { (string?)null, "", double.NaN, double.PositiveInfinity, AttributeValue.List("a"), AttributeValue.Object([]), Some.Monday })
        {
            flags.EvaluateBoolean("flag", new EvaluationContext { ["unit"] = value }).Variant.Should().BeNull();
            flags.EvaluateBoolean("flag", new EvaluationContext { ["unit"] = value, ["spare"] = 1 }).Variant.Should().Be("on");
        }
    }

    private static ExperimentOutcome Experiment(string key) => Some.Experiment(key, ("a", 1), ("b", 1));

    private static FeatureSnapshot Open(params ExperimentOutcome[] experiments) => Snapshot(experiments).Open();

    private static FeatureSnapshot Open(IAssignmentMemory assignments, params ExperimentOutcome[] experiments) =>
        Snapshot(experiments).Open(Some.Services(assignments: assignments));

    private static SnapshotDefinition Snapshot(params ExperimentOutcome[] experiments) =>
        Some.Snapshot([.. experiments.Select(experiment => Some.Text(experiment.Key, "a", "b") with { Default = experiment })]) with
        {
            Layers = [new() { Name = "layer" }],
            Holdouts = [new() { Name = "holdout", Percent = 5 }],
        };

    private static string Unit(string salt, Predicate<int> at, string? other = null, Predicate<int>? otherAt = null) =>
        Enumerable.Range(0, 1_000).Select(i => $"user-{i}").First(unit => at(Position(salt, unit)) && (other is null || otherAt!(Position(other, unit))));

    private static int Position(string salt, string unit) => new ProgressiveDelivery.Sdk.Evaluation.Bucketing.Salt(salt).Position(unit);
}
