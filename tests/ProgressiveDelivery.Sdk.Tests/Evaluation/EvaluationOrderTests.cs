using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

/// <summary>What decides, and the reason that is given, in the order in which the format states it.</summary>
public sealed class EvaluationOrderTests
{
    private static readonly EvaluationContext User = new("u-1") { ["country"] = "NL" };

    private static readonly ConditionDefinition Holds = Some.Equal("country", "NL");

    private static readonly ConditionDefinition Fails = Some.Equal("country", "BE");

    private static readonly ConditionDefinition Unknown = Some.Equal("missing", 1);

    [Fact]
    public void UnknownFlagAnswersTheFallback() =>
        Ask(Some.Snapshot().Open(), "no-such-flag").Should().Be((null, EvaluationReason.FlagNotFound, null));

    [Fact]
    public void QuarantineComesBeforeEverything() =>
        Ask(Some.Flag() with { Enabled = false, OffVariant = "off", Default = "none" }).Should().Be((null, EvaluationReason.Error, null));

    [Fact]
    public void FlagThatIsNotEnabledServesItsOffVariantBeforePrerequisitesAndRules() =>
        Ask((Some.Flag() with { Enabled = false, OffVariant = "off" }).Requiring("missing", "on").When(null)).Should().Be(("off", EvaluationReason.Off, null));

    [Fact]
    public void FlagThatIsNotEnabledAndHasNoOffVariantAnswersTheFallback() =>
        Ask((Some.Flag() with { Enabled = false }).When(null)).Should().Be((null, EvaluationReason.Off, null));

    [Fact]
    public void PrerequisiteThatFailsComesBeforeRules() =>
        Ask((Some.Flag() with { OffVariant = "off" }).Requiring("missing", "on").When(null)).Should().Be(("off", EvaluationReason.PrerequisiteFailed, null));

    [Fact]
    public void FirstRuleThatHoldsDecides() =>
        Ask(Some.Flag().When(Fails).When(Unknown).When(Holds, "off").When(null)).Should().Be(("off", EvaluationReason.RuleMatch, "#3"));

    [Fact]
    public void UnknownRuleIsPassedByAndSoIsItsNegation() =>
        Ask(Some.Flag().When(Unknown).When(new NotCondition(Unknown))).Should().Be(("off", EvaluationReason.Default, null));

    [Fact]
    public void RuleWithoutConditionAlwaysHolds() =>
        Ask(Some.Flag().When(null, id: "everybody")).Should().Be(("on", EvaluationReason.RuleMatch, "everybody"));

    [Fact]
    public void RolloutThatAdmitsIsASplitAndOneThatDoesNotPassesOn() =>
        Ask(Some.Flag().When(null, Some.Rollout(0)).When(null, Some.Rollout(100))).Should().Be(("on", EvaluationReason.Split, "#2"));

    [Fact]
    public void ElseOfARolloutIsAMatchOfItsRule() =>
        Ask(Some.Flag().When(null, Some.Rollout(0) with { Else = "off" }).When(null)).Should().Be(("off", EvaluationReason.RuleMatch, "#1"));

    [Fact]
    public void ElseOfTheDefaultsRolloutIsTheDefault() =>
        Ask(Some.Flag() with { Default = Some.Rollout(0) with { Else = "off" } }).Should().Be(("off", EvaluationReason.Default, null));

    [Fact]
    public void DefaultThatSplitsIsASplit() =>
        Ask(Some.Flag() with { Default = Some.Split(("on", 1)) }).Should().Be(("on", EvaluationReason.Split, null));

    [Fact]
    public void DefaultThatPassesOnAnswersTheFallback() =>
        Ask(Some.Flag() with { Default = Some.Rollout(0) }).Should().Be((null, EvaluationReason.Default, null));

    [Fact]
    public void FlagWithoutDefaultAnswersTheFallback() =>
        Ask(Some.Flag() with { Default = null }).Should().Be((null, EvaluationReason.Default, null));

    [Fact]
    public void MissingUnitPassesOnEvenWithAnElseAndIsCounted()
    {
        var counters = new EvaluationCounters();
        var flag = Some.Flag().When(null, Some.Rollout(100) with { By = ["device"], Else = "off" });

        Ask(Some.Snapshot(flag).Open(Some.Services(counters: counters)), "flag").Should().Be(("off", EvaluationReason.Default, null));
        counters.MissingUnits.Should().Be(1);
    }

    [Theory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    [InlineData("never-defined", false)]
    public void PrerequisiteHoldsWhereTheOtherFlagYieldsAVariantListed(string wanted, bool holds)
    {
        var flags = Some.Snapshot(Some.Flag("other").When(Holds), Some.Flag().Requiring("other", wanted).When(null)).Open();

        flags.IsEnabled("flag", User).Should().Be(holds);
    }

    [Fact]
    public void OffVariantOfAPrerequisiteNeverCounts()
    {
        var off = Some.Flag("other") with { Enabled = false, OffVariant = "on" };
        var failed = (Some.Flag("failed") with { OffVariant = "on" }).Requiring("missing", "on").When(null);
        var flags = Some.Snapshot(
            off, failed,
            Some.Flag("requires-off").Requiring("other", "on").When(null), Some.Flag("requires-failed").Requiring("failed", "on").When(null),
            Some.Flag("asks-off").When(new NotCondition(new FlagCondition { Flag = "other", Variants = ["on"] }))).Open();

        flags.IsEnabled("requires-off", User).Should().BeFalse();
        flags.IsEnabled("requires-failed", User).Should().BeFalse();
        flags.IsEnabled("asks-off", User).Should().BeTrue();
    }

    [Fact]
    public void FlagConditionOnAMissingOrMalformedFlagIsUnknown()
    {
        var malformed = Some.Flag("malformed") with { Default = "none" };
        foreach (var other in new[] { "missing", "malformed" })
        {
            var asks = new FlagCondition { Flag = other, Variants = ["on"] };
            var flags = Some.Snapshot(malformed, Some.Flag("asks").When(asks), Some.Flag("asks-not").When(new NotCondition(asks))).Open();

            flags.IsEnabled("asks", User).Should().BeFalse();
            flags.IsEnabled("asks-not", User).Should().BeFalse();
        }
    }

    [Fact]
    public void IncludedComesBeforeExcludedAndBothBeforeTheCondition()
    {
        var segment = Some.Segment("s", Holds) with { Include = ["in", "both"], Exclude = ["out", "both"] };
        var flags = (Some.Snapshot(Some.Flag().When(new SegmentCondition("s"))) with { Segments = [segment] }).Open();

        bool Belongs(string? key, string country) => flags.IsEnabled("flag", new EvaluationContext(key) { ["country"] = country });

        Belongs("in", "BE").Should().BeTrue();
        Belongs("both", "BE").Should().BeTrue();
        Belongs("out", "NL").Should().BeFalse();
        Belongs("else", "NL").Should().BeTrue();
        Belongs("else", "BE").Should().BeFalse();
        Belongs(null, "NL").Should().BeTrue();
    }

    [Fact]
    public void NothingIsReadyBeforeAnythingIsLoadedNorAfterItIsClosed()
    {
        var notReady = FeatureSnapshot.NotReady(Some.Services(strict: true));
        var closed = FeatureSnapshot.Closed(Some.Services(strict: true));

        Ask(notReady, "flag").Reason.Should().Be(EvaluationReason.NotReady);
        Ask(closed, "flag").Reason.Should().Be(EvaluationReason.Closed);
        notReady.IsEnabled("flag", User, fallback: true).Should().BeTrue();
        notReady.EvaluateBoolean("flag", User).Error.Should().Contain("WaitUntilReadyAsync");
        notReady.Explain("flag", User).Reason.Should().Be(EvaluationReason.NotReady);
        notReady.GetFrontEndFlags(User).ToJson().Should().Be("""{"version":0,"flags":{}}""");
    }

    private static (string? Variant, EvaluationReason Reason, string? Rule) Ask(FlagDefinition flag) => Ask(flag.Open(), "flag");

    private static (string? Variant, EvaluationReason Reason, string? Rule) Ask(FeatureSnapshot flags, string key)
    {
        var evaluation = flags.EvaluateBoolean(key, User);
        var explanation = flags.Explain(key, User);

        (explanation.Variant, explanation.Reason, explanation.Rule).Should().Be((evaluation.Variant, evaluation.Reason, evaluation.Rule));
        return (evaluation.Variant, evaluation.Reason, evaluation.Rule);
    }
}
