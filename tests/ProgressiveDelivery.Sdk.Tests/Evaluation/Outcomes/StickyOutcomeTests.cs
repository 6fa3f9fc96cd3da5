using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Outcomes;

/// <summary>Variants that are kept for units with several names.</summary>
public sealed class StickyOutcomeTests
{
    private static readonly StickyOutcome Sticky = new()
    {
        Key = "colors",
        Sticky = new() { Version = 3 },
        Bucketing = new() { Algorithm = BucketAlgorithm.Fnv1aFraction, Buckets = 1000, Suffix = "colors" },
        By = [new() { Name = "account", References = ["account", "targetingKey"] }, new() { Name = "device", References = ["device"] }],
        Variants = [new() { Name = "0", Variant = "red" }, new() { Name = "1", Variant = "blue" }, new() { Name = "2" }, new() { Name = "3", Variant = "green", IsHonored = false }],
        Serve = "blue",
    };

    private readonly Documents _stored = new();

    [Fact]
    public void UnitWithoutAStoredVariantIsAssignedAndKeepsIt()
    {
        Ask(Sticky, new("ada")).Value.Should().Be("blue");
        Ask(Sticky with { Serve = "red" }, new("ada")).Value.Should().Be("blue");

        _stored.Content.Should().Equal("colors__3 of account||ada: 1 at 3");
    }

    [Fact]
    public void WhatIsStoredUnderTheFirstNameCountsMost()
    {
        _stored["colors__3", "device||d"] = "0";
        Ask(Sticky, With("a", "d")).Value.Should().Be("red", "it is known by its device");
        _stored["colors__3", "account||a"] = "1";

        Ask(Sticky, With("a", "d")).Value.Should().Be("blue");
        Ask(Sticky, With(null, "d")).Value.Should().Be("red");
    }

    [Fact]
    public void AssignmentFoundUnderAnotherNameIsStoredUnderTheFirstToo()
    {
        _stored["colors__3", "device||d"] = "0";

        Ask(Sticky, With("a", "d")).Value.Should().Be("red");

        _stored.Content.Should().BeEquivalentTo("colors__3 of device||d: 0 at 0", "colors__3 of account||a: 0 at 3");
        Ask(Sticky, With("a", "e")).Value.Should().Be("red", "the account keeps it, whatever the device");
    }

    [Fact]
    public void WhatIsReadOnlyStoresNothing()
    {
        _stored["colors__3", "device||d"] = "0";

        Ask(Sticky with { IsReadOnly = true }, With("a", "d")).Value.Should().Be("red");
        Ask(Sticky with { IsReadOnly = true }, new("ada")).Value.Should().Be("blue");

        _stored.Content.Should().Equal("colors__3 of device||d: 0 at 0");
    }

    [Fact]
    public void NewAssignmentIsStoredForTheFirstNameThatThereIs()
    {
        Ask(Sticky, With(null, "d"));
        Ask(Sticky, With("a", "e"));

        _stored.Content.Should().BeEquivalentTo("colors__3 of device||d: 1 at 3", "colors__3 of account||a: 1 at 3");
    }

    [Fact]
    public void OtherVersionsDoNotCountAndStay()
    {
        _stored["colors__2", "account||ada"] = "0";
        _stored["colors__4", "account||ada"] = "0";

        Ask(Sticky, new("ada")).Value.Should().Be("blue");

        _stored.Content.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("account||a")]
    [InlineData("device||d")]
    public void WhoHasAnAssignmentBelowTheMinimumIsKeptOut(string unit)
    {
        _stored["colors__1", unit] = "0";

        var answer = Ask(Sticky with { Sticky = new() { Version = 3, MinimumVersion = 2 } }, With("a", "d"));

        (answer.Value, answer.Reason).Should().Be(("default", EvaluationReason.Default));
        Ask(Sticky with { Sticky = new() { Version = 3, MinimumVersion = 1 } }, With("a", "d")).Value.Should().Be("blue");
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("3")]
    public void WhatIsStoredForNoVariantThatCountsIsReplaced(string stored)
    {
        _stored["colors__3", "account||ada"] = stored;

        Ask(Sticky, new("ada")).Value.Should().Be("blue");

        _stored.Content.Should().Equal("colors__3 of account||ada: 1 at 3");
    }

    [Fact]
    public void VariantThatPassesOnDoesWhereItIsStored()
    {
        _stored["colors__3", "account||ada"] = "2";

        Ask(Sticky, new("ada")).Value.Should().Be("default");
    }

    [Fact]
    public void ContextWithoutAUnitPassesOn()
    {
        Ask(Sticky, EvaluationContext.Empty).Value.Should().Be("default");

        _stored.Content.Should().BeEmpty();
    }

    [Fact]
    public void ExplanationStoresNothingAndSaysWhatIsStored()
    {
        var fresh = Flag(Sticky).Explain("flag", new("ada"));
        _stored.Content.Should().BeEmpty();
        _stored["colors__3", "account||ada"] = "0";
        var kept = Flag(Sticky).Explain("flag", new("ada"));

        fresh.ToString().Should().Contain("none").And.Contain("assigned afresh");
        kept.Variant.Should().Be("red");
        kept.ToString().Should().Contain("0 at version 3").And.Contain("served as it is");
    }

    [Fact]
    public void LongUnitIsKeptAsWell()
    {
        var unit = new string('x', 1_000);

        Ask(Sticky, new(unit));

        _stored.Content.Should().Equal($"colors__3 of account||{unit}: 1 at 3");
    }

    [Fact]
    public void VersionsOutOfRangeQuarantineTheFlag() =>
        Ask(Sticky with { Sticky = new() { Version = 3, MinimumVersion = 1_001 } }, new("ada")).Reason.Should().Be(EvaluationReason.Error);

    [Fact]
    public void KeptVariantCostsNoMemory()
    {
        var (flag, context) = (Some.Snapshot(Definition(Sticky)).Open(Some.Services(assignments: new OneForAll())), With("a", "d"));

        Allocated.By(() => flag.GetString("flag", context, null)).Should().Be(0);
    }

    [Fact]
    public void DefinitionsAreTheSameByTheirContent()
    {
        (Sticky == Sticky with { By = [new() { Name = "account", References = ["account", "targetingKey"] }, new() { Name = "device", References = ["device"] }] }).Should().BeTrue();
        (Sticky == Sticky with { By = [new() { Name = "account", References = ["account"] }, new() { Name = "device", References = ["device"] }] }).Should().BeFalse();
        (Sticky == Sticky with { Serve = "red" }).Should().BeFalse();
        (Sticky == Sticky with { Variants = [] }).Should().BeFalse();
        (Sticky == Sticky with { Key = "other" }).Should().BeFalse();
        (Sticky == Sticky with { Sticky = new() { Version = 4 } }).Should().BeFalse();
        (Sticky == Sticky with { Sticky = new() { Version = 3, MinimumVersion = 1 } }).Should().BeFalse();
        (Sticky == Sticky with { IsReadOnly = true }).Should().BeFalse();
        (Sticky == Sticky with { Bucketing = Sticky.Bucketing with { Suffix = "other" } }).Should().BeFalse();
    }

    private static EvaluationContext With(string? account, string device) =>
        account is null ? EvaluationContext.Empty.With("device", device) : EvaluationContext.Empty.With("device", device).With("account", account);

    private Evaluation<string?> Ask(StickyOutcome sticky, EvaluationContext context) => Flag(sticky).EvaluateString("flag", context, null);

    private FeatureSnapshot Flag(StickyOutcome sticky) => Some.Snapshot(Definition(sticky)).Open(Some.Services(assignments: _stored));

    private static FlagDefinition Definition(StickyOutcome sticky) => Some.Text("flag", "default", "red", "blue", "green").When(null, sticky);

    private sealed class Documents : IAssignmentMemory
    {
        private readonly Dictionary<(string, string), StoredAssignment> _stored = [];

        public IEnumerable<string> Content => _stored.Select(one => $"{one.Key.Item1} of {one.Key.Item2}: {one.Value.Variant} at {one.Value.Version}");

        public string this[string experiment, string unit]
        {
            set => _stored[(experiment, unit)] = new(0, value);
        }

        public bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment) => _stored.TryGetValue((experiment, unit.ToString()), out assignment);

        public void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment) => _stored[(experiment, unit.ToString())] = assignment;
    }

    private sealed class OneForAll : IAssignmentMemory
    {
        public bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment)
        {
            assignment = new(0, "0");
            return true;
        }

        public void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment)
        {
        }
    }
}
