using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Tests.Compilation;

/// <summary>Outcomes that flags have in place of their rules.</summary>
public sealed class OverlayTests
{
    private static readonly EvaluationContext User = new("u-1");

    private static readonly FlagDefinition Flag = Some.Flag("f").When(null);

    [Fact]
    public void OverrideRanksAboveAKillInWhateverOrderTheyCome()
    {
        var (put, kill) = (OverlayEntry.OfOverride("f", "on"), OverlayEntry.Of(new SnapshotKill(9, "f", "off")));

        Ask(Flag, LocalOverlay.None.With(put).With(kill)).Should().Be(("on", EvaluationReason.Override));
        Ask(Flag, LocalOverlay.None.With(kill).With(put)).Should().Be(("on", EvaluationReason.Override));
        Ask(Flag, LocalOverlay.None.With(kill).With(put).Without("f", EvaluationReason.Override)).Should().Be(("off", EvaluationReason.Killed));
    }

    [Fact]
    public void EntryThatNamesAVariantTheFlagLacksLeavesTheFlagToTheNext()
    {
        var overlay = LocalOverlay.None.With(OverlayEntry.OfOverride("f", "purple"));

        Ask(Flag, overlay).Should().Be(("on", EvaluationReason.RuleMatch));
        Ask(Flag, overlay.With(OverlayEntry.Of(new SnapshotKill(9, "f", "off")))).Should().Be(("off", EvaluationReason.Killed));
        Ask(Flag, LocalOverlay.None.With(new OverlayEntry("f", Rollout(50, "on", "purple"), EvaluationReason.Override))).Should().Be(("on", EvaluationReason.RuleMatch));
    }

    [Fact]
    public void RolloutInPlaceOfTheRulesAdmitsItsShareAlsoOfAFlagThatIsOff()
    {
        var snapshot = Open(Flag with { Enabled = false, OffVariant = "off" }, LocalOverlay.None.With(new OverlayEntry("f", Rollout(25, "on", "off"), EvaluationReason.Override)));

        var answers = Enumerable.Range(0, 10_000).Select(i => snapshot.EvaluateBoolean("f", new EvaluationContext($"u-{i}"))).ToList();

        answers.Should().OnlyContain(answer => answer.Reason == EvaluationReason.Override);
        answers.Count(answer => answer.Value).Should().BeInRange(2_300, 2_700);
        snapshot.Explain("f", User).Should().BeEquivalentTo(new { Reason = EvaluationReason.Override, snapshot.EvaluateBoolean("f", User).Variant });
    }

    [Fact]
    public void FlagThatDependsOnItSeesItsVariantOnlyWhileItIsEnabled()
    {
        var overlay = LocalOverlay.None.With(new OverlayEntry("f", Rollout(100, "off", "on"), EvaluationReason.Override));
        var user = Some.Flag("user").Requiring("f", "off").When(null);

        Open([Flag, user], overlay).EvaluateBoolean("user", User).Reason.Should().Be(EvaluationReason.RuleMatch);
        Open([Flag with { Enabled = false }, user], overlay).EvaluateBoolean("user", User).Reason.Should().Be(EvaluationReason.PrerequisiteFailed);
    }

    [Fact]
    public void OverlaysDifferInTheFlagsThatHaveOtherOutcomes()
    {
        var one = LocalOverlay.None.With(OverlayEntry.OfOverride("f", "on")).With(new OverlayEntry("g", Rollout(25, "on", "off"), EvaluationReason.Override));
        var other = LocalOverlay.None.With(OverlayEntry.OfOverride("f", "on")).With(new OverlayEntry("g", Rollout(50, "on", "off"), EvaluationReason.Override)).With(OverlayEntry.OfOverride("h", "on"));

        LocalOverlay.Difference(one, other).Should().BeEquivalentTo("g", "h");
        one.IsSameAs(LocalOverlay.None.With(new OverlayEntry("g", Rollout(25, "on", "off"), EvaluationReason.Override)).With(OverlayEntry.OfOverride("f", "on"))).Should().BeTrue();
        one.Without("h", EvaluationReason.Override).Should().BeSameAs(one);
    }

    [Fact]
    public void DifferenceIsTheSameByTheStepsBetweenTwoOverlaysAndByTheirContents()
    {
        var random = new Random(20261201);
        string[] flags = [.. Enumerable.Range(0, 6).Select(i => $"f{i}")];
        var overlays = new List<LocalOverlay> { LocalOverlay.None };
        for (var step = 0; step < 150; step++)
            overlays.Add(Next(overlays[random.Next(10) == 0 ? random.Next(overlays.Count) : ^1], flags[random.Next(flags.Length)], random));

        var wrong = from one in overlays from other in overlays where !Contents(one, other).SequenceEqual(LocalOverlay.Difference(one, other).Order(StringComparer.Ordinal)) select (one, other);

        wrong.Should().BeEmpty();

        IEnumerable<string> Contents(LocalOverlay one, LocalOverlay other) =>
            flags.Where(flag => !(one.Of(flag).SequenceEqual(other.Of(flag)) && one.RampsOf(flag).SequenceEqual(other.RampsOf(flag))));

        static LocalOverlay Next(LocalOverlay overlay, string flag, Random random) => random.Next(6) switch
        {
            0 => overlay.With(OverlayEntry.OfOverride(flag, random.Next(2) == 0 ? "on" : "off")),
            1 => overlay.Without(flag, EvaluationReason.Override),
            2 => overlay.With(OverlayEntry.Of(new SnapshotKill(1, flag, random.Next(2) == 0 ? "on" : "off"))),
            3 => overlay.Without(flag, EvaluationReason.Killed),
            4 => overlay.With(new RampPosition { Flag = flag, Reached = random.Next(3), Cause = "gate", Since = default }),
            _ => overlay.WithoutRamp(flag, null),
        };
    }

    [Fact]
    public void TrippedGuardServesTheOtherVariantBetweenAnOverrideAndAKill()
    {
        var guarded = LocalOverlay.None.With(OverlayEntry.Of(Trip)).With(OverlayEntry.Of(new SnapshotKill(9, "f", "on")));

        Ask(Flag, guarded).Should().Be(("off", EvaluationReason.Guarded));
        Ask(Flag, guarded.With(OverlayEntry.OfOverride("f", "on"))).Should().Be(("on", EvaluationReason.Override));
        Ask(Flag, LocalOverlay.None.With(OverlayEntry.Of(Trip with { Served = "purple" }))).Should().Be(("on", EvaluationReason.RuleMatch));
    }

    [Fact]
    public void TripOfAnEarlierAttemptHasNoEffect()
    {
        var overlay = LocalOverlay.None.With(OverlayEntry.Of(Trip with { Attempt = 2 }));

        Ask(Flag with { Attempt = 2 }, overlay).Reason.Should().Be(EvaluationReason.Guarded);
        Ask(Flag with { Attempt = 1 }, overlay).Reason.Should().Be(EvaluationReason.Guarded);
        Ask(Flag with { Attempt = 3 }, overlay).Should().Be(("on", EvaluationReason.RuleMatch));
    }

    [Fact]
    public void ProbeLetsItsShareTryTheVariantAndOtherUnitsEachTime()
    {
        var first = Admitted(OverlayEntry.Of(Trip with { ProbePercent = 10, Probes = 1 }));
        var second = Admitted(OverlayEntry.Of(Trip with { ProbePercent = 10, Probes = 2 }));

        first.Should().HaveCountGreaterThan(900).And.HaveCountLessThan(1_100);
        first.Intersect(second).Should().HaveCountGreaterThan(50).And.HaveCountLessThan(160, "the shares are independent");
        Admitted(OverlayEntry.Of(Trip with { ProbePercent = 10, Probes = 1 })).Should().Equal(first);

        static List<int> Admitted(OverlayEntry entry)
        {
            var snapshot = Open(Flag, LocalOverlay.None.With(entry));
            return [.. Enumerable.Range(0, 10_000).Where(i => snapshot.EvaluateBoolean("f", new EvaluationContext($"u-{i}")) is { Value: true, Reason: EvaluationReason.Guarded })];
        }
    }

    [Fact]
    public void ProbeGoesByTheUnitOfTheGuardedRollout()
    {
        var flag = Some.Flag("f").When(null, Some.Rollout(5, "off") with { By = ["device"] }).When(null, Some.Rollout(50) with { By = ["account"] });
        var snapshot = Open(flag, LocalOverlay.None.With(OverlayEntry.Of(Trip with { ProbePercent = 50, Probes = 1 })));

        for (var account = 0; account < 20; account++)
            Enumerable.Range(0, 20).Select(i => snapshot.IsEnabled("f", new EvaluationContext($"u-{i}") { ["account"] = $"a-{account}" })).Distinct().Should().ContainSingle();
        Enumerable.Range(0, 20).Select(account => snapshot.IsEnabled("f", new EvaluationContext("u") { ["account"] = $"a-{account}" })).Distinct().Should().HaveCount(2);
    }

    [Fact]
    public void ContextWithoutTheUnitOfAProbeIsServedTheOtherVariant()
    {
        var snapshot = Open(Flag, LocalOverlay.None.With(OverlayEntry.Of(Trip with { ProbePercent = 100 })));

        var answer = snapshot.EvaluateBoolean("f", new EvaluationContext(), fallback: true);

        (answer.Value, answer.Variant, answer.Reason).Should().Be((false, "off", EvaluationReason.Guarded));
        Open([Flag, Some.Flag("user").Requiring("f", "off").When(null)], snapshot.Overlay.With(OverlayEntry.Of(Trip with { ProbePercent = 100 })))
            .EvaluateBoolean("user", new EvaluationContext()).Reason.Should().Be(EvaluationReason.RuleMatch, "flags that depend on it see that variant");
    }

    [Theory]
    [InlineData("0.00001", 0)]
    [InlineData("-3", 0)]
    [InlineData("250", 10_000)]
    public void ShareOfAProbeThatIsNoPercentageDoesNotCostTheFlag(string percent, int admitted)
    {
        var entry = OverlayEntry.Of(Trip with { ProbePercent = decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture) });
        var snapshot = Open(Flag, LocalOverlay.None.With(entry));

        Enumerable.Range(0, 10_000).Count(i => snapshot.IsEnabled("f", new EvaluationContext($"u-{i}"))).Should().Be(admitted);
    }

    [Fact]
    public void GuardThatDoesNotRevertHasNoEntry() =>
        FluentActions.Invoking(() => OverlayEntry.Of(Trip with { Response = GuardResponse.Pause, Served = null })).Should().Throw<ArgumentException>();

    private static readonly GuardTrip Trip = new() { Flag = "f", Guard = "errors", Variant = "on", Response = GuardResponse.Revert, Served = "off", Evidence = "5 of 9", Since = Some.Monday };

    private static RolloutOutcome Rollout(decimal percent, string to, string @else) => new() { To = new VariantOutcome(to), Percent = percent, Else = @else };

    private static (string? Variant, EvaluationReason Reason) Ask(FlagDefinition flag, LocalOverlay overlay)
    {
        var answer = Open(flag, overlay).EvaluateBoolean("f", User);
        return (answer.Variant, answer.Reason);
    }

    private static FeatureSnapshot Open(FlagDefinition flag, LocalOverlay overlay) => Open([flag], overlay);

    private static FeatureSnapshot Open(FlagDefinition[] flags, LocalOverlay overlay) =>
        new(SnapshotCompiler.Compile(Some.Snapshot(flags), new(), overlay).Rules, SnapshotOrigin.Source, Some.Services());
}
