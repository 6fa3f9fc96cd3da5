using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Outcomes;

/// <summary>Variants that are kept for units with several names.</summary>
public sealed class StickyServeTests
{
    private static readonly StickyServe Sticky = new()
    {
        Key = "colours",
        Version = 3,
        Bucketing = new() { Algorithm = BucketAlgorithm.Fnv1aFraction, Buckets = 1000, Suffix = "colours" },
        By = [new("account", ["account", "targetingKey"]), new("device", ["device"])],
        Variants = [new("0", "red"), new("1", "blue"), new("2", null), new("3", "green", IsHonoured: false)],
        Serve = "blue",
    };

    private readonly Documents _stored = new();

    [Fact]
    public void WhoHasNothingStoredIsAssignedAfreshAndKeepsIt()
    {
        Ask(Sticky, new("ada")).Value.Should().Be("blue");
        Ask(Sticky with { Serve = "red" }, new("ada")).Value.Should().Be("blue");

        _stored.Content.Should().Equal("colours__3 of account||ada: 1 at 3");
    }

    [Fact]
    public void WhatIsStoredUnderTheFirstNameCountsMost()
    {
        _stored["colours__3", "device||d"] = "0";
        Ask(Sticky, With("a", "d")).Value.Should().Be("red", "it is known by its device");
        _stored["colours__3", "account||a"] = "1";

        Ask(Sticky, With("a", "d")).Value.Should().Be("blue");
        Ask(Sticky, With(null, "d")).Value.Should().Be("red");
    }

    [Fact]
    public void NewAssignmentIsStoredForTheFirstNameThatThereIs()
    {
        Ask(Sticky, With(null, "d"));
        Ask(Sticky, With("a", "e"));

        _stored.Content.Should().BeEquivalentTo("colours__3 of device||d: 1 at 3", "colours__3 of account||a: 1 at 3");
    }

    [Fact]
    public void OtherVersionsDoNotCountAndStay()
    {
        _stored["colours__2", "account||ada"] = "0";
        _stored["colours__4", "account||ada"] = "0";

        Ask(Sticky, new("ada")).Value.Should().Be("blue");

        _stored.Content.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("account||a")]
    [InlineData("device||d")]
    public void WhoHasAnAssignmentBelowTheMinimumIsKeptOut(string unit)
    {
        _stored["colours__1", unit] = "0";

        var answer = Ask(Sticky with { MinimumVersion = 2 }, With("a", "d"));

        (answer.Value, answer.Reason).Should().Be(("default", EvaluationReason.Default));
        Ask(Sticky with { MinimumVersion = 1 }, With("a", "d")).Value.Should().Be("blue");
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("3")]
    public void WhatIsStoredForNoVariantThatCountsIsReplaced(string stored)
    {
        _stored["colours__3", "account||ada"] = stored;

        Ask(Sticky, new("ada")).Value.Should().Be("blue");

        _stored.Content.Should().Equal("colours__3 of account||ada: 1 at 3");
    }

    [Fact]
    public void VariantThatPassesOnDoesWhereItIsStored()
    {
        _stored["colours__3", "account||ada"] = "2";

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
        _stored["colours__3", "account||ada"] = "0";
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

        _stored.Content.Should().Equal($"colours__3 of account||{unit}: 1 at 3");
    }

    [Fact]
    public void VersionsOutOfRangeQuarantineTheFlag() =>
        Ask(Sticky with { MinimumVersion = 1_001 }, new("ada")).Reason.Should().Be(EvaluationReason.Error);

    [Fact]
    public void KeptVariantCostsNoMemory()
    {
        var (flag, context) = (Some.Snapshot(Definition(Sticky)).Open(Some.Services(assignments: new OneForAll())), With("a", "d"));

        Allocated.By(() => flag.GetString("flag", context, null)).Should().Be(0);
    }

    [Fact]
    public void DefinitionsAreTheSameByTheirContent()
    {
        ServeEquality.AreSame(Sticky, Sticky with { By = [new("account", ["account", "targetingKey"]), new("device", ["device"])] }).Should().BeTrue();
        ServeEquality.AreSame(Sticky, Sticky with { By = [new("account", ["account"]), new("device", ["device"])] }).Should().BeFalse();
        ServeEquality.AreSame(Sticky, Sticky with { Serve = "red" }).Should().BeFalse();
        ServeEquality.AreSame(Sticky, Sticky with { Variants = [] }).Should().BeFalse();
        ServeEquality.AreSame(Sticky, Sticky with { Key = "other" }).Should().BeFalse();
        ServeEquality.AreSame(Sticky, Sticky with { Version = 4 }).Should().BeFalse();
        ServeEquality.AreSame(Sticky, Sticky with { MinimumVersion = 1 }).Should().BeFalse();
        ServeEquality.AreSame(Sticky, Sticky with { Bucketing = Sticky.Bucketing with { Suffix = "other" } }).Should().BeFalse();
    }

    private static EvaluationContext With(string? account, string device) =>
        account is null ? EvaluationContext.Empty.With("device", device) : EvaluationContext.Empty.With("device", device).With("account", account);

    private Evaluation<string?> Ask(StickyServe sticky, EvaluationContext context) => Flag(sticky).EvaluateString("flag", context, null);

    private FeatureSnapshot Flag(StickyServe sticky) => Some.Snapshot(Definition(sticky)).Open(Some.Services(assignments: _stored));

    private static FlagDefinition Definition(StickyServe sticky) => Some.Text("flag", "default", "red", "blue", "green").When(null, sticky);

    private sealed class Documents : IAssignmentStore
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

    private sealed class OneForAll : IAssignmentStore
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
