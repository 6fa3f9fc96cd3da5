using CsCheck;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Tests.Json;

namespace ProgressiveDelivery.Sdk.Tests.Definitions;

public sealed class DefinitionEqualityPropertyTests
{
    private static readonly SnapshotDiagnostic Defect = Diagnostics.MissingMember("$", "x", "type", "a type");

    private static readonly FlagDefinition Full = Some.Flag("f").Requiring("g", "on").When(Some.Equal("a", 1), id: "first");

    public static TheoryData<string, FlagDefinition> ChangedFlags => new()
    {
        { "type", Full with { Type = FlagType.String } },
        { "enabled", Full with { Enabled = false } },
        { "visible", Full with { ClientVisible = true } },
        { "off variant", Full with { OffVariant = "off" } },
        { "defect", Full with { Defect = Defect } },
        { "value", Full with { Variants = [new("on", false), new("off", false)] } },
        { "order of variants", Full with { Variants = [.. Full.Variants.Reverse()] } },
        { "variants required", Full with { Requires = [new("g", ["off"])] } },
        { "flag required", Full with { Requires = [new("h", ["on"])] } },
        { "rule's id", Full with { Rules = [Full.Rules[0] with { Id = "other" }] } },
        { "rule's condition", Full with { Rules = [Full.Rules[0] with { When = null }] } },
        { "rule's outcome", Full with { Rules = [Full.Rules[0] with { Serve = "off" }] } },
        { "one rule more", Full.When(null) },
        { "default", Full with { Default = null } },
    };

    public static TheoryData<string, ServeDefinition, ServeDefinition> ChangedServes()
    {
        var split = Some.Split(("on", 1), ("off", 2));
        var rollout = Some.Rollout(10, split) with { By = ["a"], Salt = "s", Else = "off" };
        var steps = rollout with { Percent = null, Steps = [new(Some.Monday, 10)] };
        var experiment = Some.Experiment("x", ("on", 1)) with { Layer = "l", Slots = new(0, 1), Holdout = "h", Else = "off", Sticky = new(2, 1), By = ["a"], Salt = "s" };
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
            { "key", experiment, experiment with { Key = "y" } },
            { "split", experiment, experiment with { Split = [] } },
            { "layer", experiment, experiment with { Layer = null } },
            { "slots", experiment, experiment with { Slots = new(0, 2) } },
            { "holdout", experiment, experiment with { Holdout = null } },
            { "else of an experiment", experiment, experiment with { Else = null } },
            { "sticky", experiment, experiment with { Sticky = new(3, 1) } },
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
        { "variants", new FlagCondition("f", ["on"]), new FlagCondition("f", ["off"]) },
        { "days", new ScheduleCondition { Days = [DayOfWeek.Monday] }, new ScheduleCondition { Days = [DayOfWeek.Friday] } },
        { "zone", new ScheduleCondition { Days = [DayOfWeek.Monday] }, new ScheduleCondition { Days = [DayOfWeek.Monday], TimeZone = "Europe/Paris" } },
        { "instant", new BetweenCondition(null, Some.Monday), new BetweenCondition(null, Some.Monday.AddTicks(1)) },
    };

    [Theory]
    [MemberData(nameof(ChangedFlags))]
    public void EveryMemberOfAFlagCounts(string what, FlagDefinition changed) => DefinitionEquality.AnswerAlike(Full, changed).Should().BeFalse(what);

    [Theory]
    [MemberData(nameof(ChangedServes))]
    public void EveryMemberOfAnOutcomeCounts(string what, ServeDefinition one, ServeDefinition other) => ServeEquality.AreSame(one, other).Should().BeFalse(what);

    [Theory]
    [MemberData(nameof(ChangedConditions))]
    public void EveryMemberOfAConditionCounts(string what, ConditionDefinition one, ConditionDefinition other) => ConditionEquality.AreSame(one, other).Should().BeFalse(what);

    [Fact]
    public void FlagsVersionIsANoteAndNoAnswer()
    {
        DefinitionEquality.AreNotedAlike(Full, Full with { Version = 7 }).Should().BeFalse();
        DefinitionEquality.AnswerAlike(Full, Full with { Version = 7 }).Should().BeTrue();
    }

    [Fact]
    public void EveryMemberOfASegmentLayerAndHoldoutCounts()
    {
        var segment = Some.Segment("s");
        var layer = new LayerDefinition { Name = "l" };
        var holdout = new HoldoutDefinition { Name = "h", Percent = 1 };

        foreach (var changed in (SegmentDefinition[])[segment with { Include = ["u"] }, segment with { Exclude = ["u"] }, segment with { When = Some.Equal("a", 1) }, segment with { By = ["a"] }, segment with { Defect = Defect }])
            DefinitionEquality.AreSame(segment, changed).Should().BeFalse();
        foreach (var changed in (LayerDefinition[])[layer with { By = ["a"] }, layer with { Salt = "s" }, layer with { Defect = Defect }])
            DefinitionEquality.AreSame(layer, changed).Should().BeFalse();
        foreach (var changed in (HoldoutDefinition[])[holdout with { By = ["a"] }, holdout with { Salt = "s" }, holdout with { Percent = 2 }, holdout with { Defect = Defect }])
            DefinitionEquality.AreSame(holdout, changed).Should().BeFalse();
    }

    /// <summary>A member that a definition gains has to be compared, or changes of it go unseen.</summary>
    [Theory]
    [InlineData(typeof(FlagDefinition), 12)]
    [InlineData(typeof(RuleDefinition), 3)]
    [InlineData(typeof(PrerequisiteDefinition), 2)]
    [InlineData(typeof(SegmentDefinition), 6)]
    [InlineData(typeof(LayerDefinition), 4)]
    [InlineData(typeof(HoldoutDefinition), 5)]
    [InlineData(typeof(SplitServe), 3)]
    [InlineData(typeof(RolloutServe), 7)]
    [InlineData(typeof(ExperimentServe), 9)]
    [InlineData(typeof(StickyServe), 7)]
    [InlineData(typeof(ScheduleCondition), 4)]
    public void NoMemberIsForgotten(Type definition, int members) => definition.GetProperties().Should().HaveCount(members);

    [Fact]
    public void DefinitionsReadTwiceAreAlike() => SomeDefinitions.Snapshot.Sample(snapshot =>
    {
        var (one, other) = (Read(snapshot), Read(snapshot));

        one.Flags.Should().HaveSameCount(snapshot.Flags);
        one.Flags.Zip(other.Flags).Should().NotContain(pair => !DefinitionEquality.AnswerAlike(pair.First, pair.Second) || !DefinitionEquality.AreNotedAlike(pair.First, pair.Second));
        one.Segments.Zip(other.Segments).Should().NotContain(pair => !DefinitionEquality.AreSame(pair.First, pair.Second));
    }, iter: 200);

    private static SnapshotDefinition Read(SnapshotDefinition snapshot) => SnapshotJson.Read(Documents.Write(snapshot)).Definition!;
}
