using CsCheck;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Tests.Json;

namespace ProgressiveDelivery.Sdk.Tests.Definitions;

public sealed class DefinitionEqualityPropertyTests
{
    private static readonly SnapshotDiagnostic Defect = DiagnosticCatalog.MissingMember("$", "x", "type", "a type");

    private static readonly FlagDefinition Full = Some.Flag("f").Requiring("g", "on").When(Some.Equal("a", 1), id: "first");

    public static TheoryData<string, FlagDefinition> ChangedFlags => new()
    {
        { "type", Full with { Type = FlagType.String } },
        { "enabled", Full with { Enabled = false } },
        { "visible", Full with { ClientVisible = true } },
        { "keys required", Full with { RequiresKeys = true } },
        { "off variant yielded", Full with { YieldsOffVariant = true } },
        { "off variant", Full with { OffVariant = "off" } },
        { "defect", Full with { Defect = Defect } },
        { "value", Full with { Variants = [new() { Name = "on", Value = false }, new() { Name = "off", Value = false }] } },
        { "order of variants", Full with { Variants = [.. Full.Variants.Reverse()] } },
        { "variants required", Full with { Requires = [new() { Flag = "g", Variants = ["off"] }] } },
        { "flag required", Full with { Requires = [new() { Flag = "h", Variants = ["on"] }] } },
        { "rule's id", Full with { Rules = [Full.Rules[0] with { Id = "other" }] } },
        { "rule's condition", Full with { Rules = [Full.Rules[0] with { When = null }] } },
        { "rule's outcome", Full with { Rules = [Full.Rules[0] with { Serve = "off" }] } },
        { "one rule more", Full.When(null) },
        { "default", Full with { Default = null } },
        { "guards", Full with { Guards = [Some.Guard("errors")] } },
        { "attempt", Full with { Attempt = 2 } },
    };

    public static TheoryData<string, OutcomeDefinition, OutcomeDefinition> ChangedServes()
    {
        var split = Some.Split(("on", 1), ("off", 2));
        var rollout = Some.Rollout(10, split) with { By = ["a"], Salt = "s", Else = "off" };
        var steps = rollout with { Percent = null, Steps = [new(Some.Monday, 10)] };
        var experiment = Some.Experiment("x", ("on", 1)) with { Layer = "l", Slots = new(0, 1), Holdout = "h", Else = "off", Sticky = new() { Version = 2, MinimumVersion = 1 }, By = ["a"], Salt = "s" };
        return new()
        {
            { "weights", split, Some.Split(("on", 1), ("off", 3)) },
            { "unit of a split", split, split with { By = ["b"] } },
            { "salt of a split", split, split with { Salt = "t" } },
            { "percent", rollout, rollout with { Percent = 11 } },
            { "to", rollout, rollout with { To = "on" } },
            { "unit of a rollout", rollout, rollout with { By = ["b"] } },
            { "salt of a rollout", rollout, rollout with { Salt = null } },
            { "else", rollout, rollout with { Else = null } },
            { "steps", steps, steps with { Steps = [new(Some.Monday, 11)] } },
            { "curve", steps, steps with { Curve = RolloutCurve.Linear } },
            { "gate", steps, steps with { Steps = [new(Some.Monday, 10) { Gate = new() { Guards = ["errors"] } }] } },
            { "blackouts", steps, steps with { Blackouts = [new() { From = new(16, 0) }] } },
            { "key", experiment, experiment with { Key = "y" } },
            { "split", experiment, experiment with { Split = [] } },
            { "layer", experiment, experiment with { Layer = null } },
            { "slots", experiment, experiment with { Slots = new(0, 2) } },
            { "holdout", experiment, experiment with { Holdout = null } },
            { "else of an experiment", experiment, experiment with { Else = null } },
            { "sticky", experiment, experiment with { Sticky = new() { Version = 3, MinimumVersion = 1 } } },
            { "unit of an experiment", experiment, experiment with { By = null } },
            { "salt of an experiment", experiment, experiment with { Salt = null } },
            { "kind", split, rollout },
        };
    }

    public static TheoryData<string, ConditionDefinition, ConditionDefinition> ChangedConditions() => new()
    {
        { "attribute", Some.Equal("a", 1), Some.Equal("b", 1) },
        { "operand", Some.That("a", AttributeOperator.In, new[] { "x" }), Some.That("a", AttributeOperator.In, new[] { "y" }) },
        { "case", Some.That("a", AttributeOperator.In, new[] { "x" }), Some.That("a", AttributeOperator.In, new[] { "x" }, ignoreCase: true) },
        { "member of all", new AllCondition([Some.Equal("a", 1)]), new AllCondition([Some.Equal("a", 2)]) },
        { "all or any", new AllCondition([]), new AnyCondition([]) },
        { "member of any", new AnyCondition([Some.Equal("a", 1)]), new AnyCondition([]) },
        { "member of not", new NotCondition(new SegmentCondition("a")), new NotCondition(new SegmentCondition("b")) },
        { "variants", new FlagCondition { Flag = "f", Variants = ["on"] }, new FlagCondition { Flag = "f", Variants = ["off"] } },
        { "days", new ScheduleCondition { Days = [DayOfWeek.Monday] }, new ScheduleCondition { Days = [DayOfWeek.Friday] } },
        { "zone", new ScheduleCondition { Days = [DayOfWeek.Monday] }, new ScheduleCondition { Days = [DayOfWeek.Monday], TimeZone = "Europe/Paris" } },
        { "instant", new BetweenCondition { To = Some.Monday }, new BetweenCondition { To = Some.Monday.AddTicks(1) } },
    };

    [Theory]
    [MemberData(nameof(ChangedFlags))]
    public void EveryMemberOfAFlagCounts(string what, FlagDefinition changed) => Full.AnswersLike(changed).Should().BeFalse(what);

    [Theory]
    [MemberData(nameof(ChangedServes))]
    public void EveryMemberOfAnOutcomeCounts(string what, OutcomeDefinition one, OutcomeDefinition other) => (one == other).Should().BeFalse(what);

    [Theory]
    [MemberData(nameof(ChangedConditions))]
    public void EveryMemberOfAConditionCounts(string what, ConditionDefinition one, ConditionDefinition other) => (one == other).Should().BeFalse(what);

    [Fact]
    public void FlagsVersionIsANoteAndNoAnswer()
    {
        Full.IsNotedLike(Full with { Version = 7 }).Should().BeFalse();
        Full.AnswersLike(Full with { Version = 7 }).Should().BeTrue();
    }

    [Fact]
    public void EveryMemberOfASegmentLayerAndHoldoutCounts()
    {
        var segment = Some.Segment("s");
        var layer = new LayerDefinition { Name = "l" };
        var holdout = new HoldoutDefinition { Name = "h", Percent = 1 };

        foreach (var changed in (SegmentDefinition[])[segment with { Include = ["u"] }, segment with { Exclude = ["u"] }, segment with { When = Some.Equal("a", 1) }, segment with { By = ["a"] }, segment with { Defect = Defect }])
            (segment == changed).Should().BeFalse();
        foreach (var changed in (LayerDefinition[])[layer with { By = ["a"] }, layer with { Salt = "s" }, layer with { Defect = Defect }])
            (layer == changed).Should().BeFalse();
        foreach (var changed in (HoldoutDefinition[])[holdout with { By = ["a"] }, holdout with { Salt = "s" }, holdout with { Percent = 2 }, holdout with { Defect = Defect }])
            (holdout == changed).Should().BeFalse();
    }

    /// <summary>A member that a definition gains has to be compared, or changes of it go unseen.</summary>
    [Theory]
    [InlineData(typeof(FlagDefinition), 17)]
    [InlineData(typeof(GuardDefinition), 24)]
    [InlineData(typeof(ProbeDefinition), 5)]
    [InlineData(typeof(GateDefinition), 5)]
    [InlineData(typeof(RolloutStep), 3)]
    [InlineData(typeof(RuleDefinition), 3)]
    [InlineData(typeof(PrerequisiteDefinition), 2)]
    [InlineData(typeof(SegmentDefinition), 6)]
    [InlineData(typeof(LayerDefinition), 4)]
    [InlineData(typeof(HoldoutDefinition), 5)]
    [InlineData(typeof(SplitOutcome), 3)]
    [InlineData(typeof(RolloutOutcome), 8)]
    [InlineData(typeof(ExperimentOutcome), 9)]
    [InlineData(typeof(StickyOutcome), 7)]
    [InlineData(typeof(ScheduleCondition), 4)]
    public void NoMemberIsForgotten(Type definition, int members) => definition.GetProperties().Should().HaveCount(members);

    [Fact]
    public void DefinitionsReadTwiceAreAlike() => SomeDefinitions.Snapshot.Sample(snapshot =>
    {
        var (one, other) = (Read(snapshot), Read(snapshot));

        one.Flags.Should().HaveSameCount(snapshot.Flags);
        one.Flags.Zip(other.Flags).Should().NotContain(pair => !pair.First.AnswersLike(pair.Second) || !pair.First.IsNotedLike(pair.Second));
        one.Segments.Zip(other.Segments).Should().NotContain(pair => pair.First != pair.Second);
    }, iter: 200);

    [Fact]
    public void ListsAreAlikeByTheirItemsHoweverTheyAreGiven()
    {
        FlagDefinition With(IReadOnlyList<VariantDefinition> variants) => new() { Key = "f", Type = FlagType.Boolean, Variants = variants };
        VariantDefinition[] variants = [new() { Name = "on", Value = true }, new() { Name = "off", Value = false }];

        With(variants).Should().Be(With(variants.ToList()));
        With(variants).GetHashCode().Should().Be(With(variants.ToList()).GetHashCode());
        With(new List<VariantDefinition>()).Should().Be(new FlagDefinition { Key = "f", Type = FlagType.Boolean });
    }

    [Fact]
    public void DefinitionsNestedTooDeepForTheStackAreNotAlike()
    {
        static ConditionDefinition Deep() => Enumerable.Range(0, 100_000).Aggregate((ConditionDefinition)new SegmentCondition("s"), (inner, _) => new AllCondition([inner]));

        (Deep() == Deep()).Should().BeFalse();
    }

    private static SnapshotDefinition Read(SnapshotDefinition snapshot) => SnapshotJson.Read(Documents.Write(snapshot)).Definition!;
}
