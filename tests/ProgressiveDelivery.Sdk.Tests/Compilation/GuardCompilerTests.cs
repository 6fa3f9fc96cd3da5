using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Tests.Compilation;

/// <summary>Guards that make no sense: each is reported and left out, and its flag lives.</summary>
public sealed class GuardCompilerTests
{
    private static readonly GuardDefinition Sound = Some.Guard("errors");

    private static readonly GuardDefinition Compared = Sound with { Limit = null, Against = "off" };

    private static readonly GuardDefinition Metric = Sound with { Kind = GuardKind.Metric, Metric = "basket", Below = 1 };

    private static readonly GuardDefinition Reverting = Sound with { Then = GuardResponse.Revert, RevertTo = "off" };

    private static readonly Dictionary<string, (GuardDefinition Guard, string Id)> Faults = new()
    {
        ["unknown variant"] = (Sound with { Variant = "none" }, DiagnosticId.UndefinedGuardVariant),
        ["unknown other variant"] = (Compared with { Against = "none" }, DiagnosticId.UndefinedGuardVariant),
        ["reverts to an unknown variant"] = (Reverting with { RevertTo = "none" }, DiagnosticId.UndefinedGuardVariant),
        ["no limit"] = (Sound with { Limit = null }, DiagnosticId.InvalidGuardLimit),
        ["two limits"] = (Sound with { Against = "off" }, DiagnosticId.InvalidGuardLimit),
        ["limit of 0"] = (Sound with { Limit = 0 }, DiagnosticId.InvalidGuardLimit),
        ["limit of 1"] = (Sound with { Limit = 1 }, DiagnosticId.InvalidGuardLimit),
        ["limit that is no number"] = (Sound with { Limit = double.NaN }, DiagnosticId.InvalidGuardLimit),
        ["margin beside a limit"] = (Sound with { Margin = 0.1 }, DiagnosticId.InvalidGuardLimit),
        ["ratio beside a limit"] = (Sound with { Ratio = 2 }, DiagnosticId.InvalidGuardLimit),
        ["against itself"] = (Compared with { Against = "on" }, DiagnosticId.InvalidGuardLimit),
        ["margin below 0"] = (Compared with { Margin = -0.1 }, DiagnosticId.InvalidGuardLimit),
        ["margin of 1"] = (Compared with { Margin = 1 }, DiagnosticId.InvalidGuardLimit),
        ["margin that is no number"] = (Compared with { Margin = double.NaN }, DiagnosticId.InvalidGuardLimit),
        ["ratio of 0"] = (Compared with { Ratio = 0 }, DiagnosticId.InvalidGuardLimit),
        ["ratio without end"] = (Compared with { Ratio = double.PositiveInfinity }, DiagnosticId.InvalidGuardLimit),
        ["slower than nothing"] = (Sound with { Kind = GuardKind.Slower }, DiagnosticId.InvalidGuardKind),
        ["slower than 0"] = (Sound with { Kind = GuardKind.Slower, Than = TimeSpan.Zero }, DiagnosticId.InvalidGuardKind),
        ["errors with a time"] = (Sound with { Than = TimeSpan.FromSeconds(1) }, DiagnosticId.InvalidGuardKind),
        ["errors of a metric"] = (Sound with { Metric = "basket" }, DiagnosticId.InvalidGuardKind),
        ["metric without a name"] = (Metric with { Metric = null }, DiagnosticId.InvalidGuardKind),
        ["metric without a bound"] = (Metric with { Below = null }, DiagnosticId.InvalidGuardKind),
        ["metric with two bounds"] = (Metric with { Above = 1 }, DiagnosticId.InvalidGuardKind),
        ["metric with a bound that is no number"] = (Metric with { Below = double.NaN }, DiagnosticId.InvalidGuardKind),
        ["alpha of 0"] = (Sound with { Alpha = 0 }, DiagnosticId.InvalidGuardPromise),
        ["alpha of 1"] = (Sound with { Alpha = 1 }, DiagnosticId.InvalidGuardPromise),
        ["alpha that is no number"] = (Sound with { Alpha = double.NaN }, DiagnosticId.InvalidGuardPromise),
        ["within nothing"] = (Sound with { Within = 0 }, DiagnosticId.InvalidGuardPromise),
        ["bad ones below 0"] = (Sound with { MinimumBad = -1 }, DiagnosticId.InvalidGuardPromise),
        ["outcomes below 0"] = (Sound with { MinimumOutcomes = -1 }, DiagnosticId.InvalidGuardPromise),
        ["once per no time"] = (Sound with { OncePer = TimeSpan.Zero }, DiagnosticId.InvalidGuardPromise),
        ["reverts to what it watches"] = (Reverting with { RevertTo = "on" }, DiagnosticId.InvalidGuardResponse),
        ["reverts to nothing"] = (Reverting with { RevertTo = null }, DiagnosticId.InvalidGuardResponse),
        ["warns and names a variant"] = (Sound with { RevertTo = "off" }, DiagnosticId.InvalidGuardResponse),
        ["warns and probes"] = (Sound with { Probe = new() }, DiagnosticId.InvalidGuardResponse),
        ["probe of nobody"] = (Reverting with { Probe = new() { Percent = 0 } }, DiagnosticId.InvalidGuardResponse),
        ["probe of more than all"] = (Reverting with { Probe = new() { Percent = 100.1m } }, DiagnosticId.InvalidGuardResponse),
        ["probe of five decimals"] = (Reverting with { Probe = new() { Percent = 0.00001m } }, DiagnosticId.InvalidGuardResponse),
        ["probe without a wait"] = (Reverting with { Probe = new() { Wait = TimeSpan.Zero } }, DiagnosticId.InvalidGuardResponse),
        ["probe whose wait shrinks"] = (Reverting with { Probe = new() { Wait = TimeSpan.FromHours(2) } }, DiagnosticId.InvalidGuardResponse),
        ["probe of no outcomes"] = (Reverting with { Probe = new() { MaxOutcomes = 0 } }, DiagnosticId.InvalidGuardResponse),
    };

    public static TheoryData<string> Names => [.. Faults.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void FaultyGuardIsLeftOutWithAWarning(string name)
    {
        var (guard, id) = Faults[name];
        var result = Some.Snapshot(Served(Some.Guard("first"), guard, Some.Guard("last"))).Compile();

        var found = result.Diagnostics.Should().ContainSingle().Subject;
        found.Should().Match<SnapshotDiagnostic>(fault => fault.Id == id && fault.Severity == DiagnosticSeverity.Warning && fault.Path == "$.flags['flag'].guards[1]");
        found.Message.Should().StartWith("Flag 'flag': guard 'errors' is left out: ");
        result.Rules.Find("flag")!.IsQuarantined.Should().BeFalse();
        result.Rules.Find("flag")!.Guards.Select(one => one.Id).Should().Equal("first", "last");
    }

    [Fact]
    public void SoundGuardsOfEveryKindStay()
    {
        GuardDefinition[] guards =
        [
            Sound,
            Compared with { Id = "compared", Margin = 0.01, Ratio = 1.2 },
            Metric with { Id = "metric" },
            Metric with { Id = "above", Below = null, Above = -1 },
            Sound with { Id = "slow", Kind = GuardKind.Slower, Than = TimeSpan.FromTicks(1) },
            Reverting with { Id = "revert", Probe = new() },
            Sound with { Id = "pause", Then = GuardResponse.Pause, OncePer = TimeSpan.FromSeconds(1), DryRun = true },
        ];

        var result = Some.Snapshot(Served(guards)).Compile();

        result.Diagnostics.Should().BeEmpty();
        result.Rules.Find("flag")!.Guards.Should().Equal(guards);
    }

    [Fact]
    public void SecondGuardWithAnIdIsLeftOut()
    {
        var result = Some.Snapshot(Served(Sound, Sound with { Limit = 0.5 })).Compile();

        result.Diagnostics.Should().ContainSingle().Which.Should().Match<SnapshotDiagnostic>(found => found.Id == DiagnosticId.DuplicateGuard && found.Path == "$.flags['flag'].guards[1]");
        result.Rules.Find("flag")!.Guards.Should().Equal(Sound);
    }

    [Fact]
    public void GuardsOfAFlagBuiltInCodeAreLimitedToo()
    {
        var result = Some.Snapshot(Served([.. Enumerable.Range(0, 1_000_000).Select(i => Some.Guard($"e{i}"))])).Compile();

        result.Diagnostics.Should().ContainSingle().Which.Should().Match<SnapshotDiagnostic>(found => found.Id == DiagnosticId.TooManyGuards && found.Path == "$.flags['flag'].guards");
        result.Rules.Find("flag")!.Guards.Should().HaveCount(64);
    }

    [Theory]
    [InlineData("off", "on", true)]
    [InlineData("on", "off", true)]
    [InlineData("off", null, true)]
    [InlineData("on", null, false)]
    public void VariantThatNothingServesIsAWarningAndTheGuardStays(string variant, string? against, bool warns)
    {
        var guard = new GuardDefinition { Id = "errors", Kind = GuardKind.Error, Variant = variant, Against = against, Limit = against is null ? 0.1 : null };

        var result = Some.Snapshot(Some.Flag() with { Default = Some.Rollout(5), OffVariant = "off", Guards = [guard] }).Compile();

        result.Diagnostics.Select(found => (found.Id, found.Severity)).Should().Equal(warns ? [(DiagnosticId.UnservedVariant, DiagnosticSeverity.Warning)] : []);
        result.Rules.Find("flag")!.Guards.Should().Equal(guard);
    }

    [Fact]
    public void AnythingMayServeAVariant()
    {
        OutcomeDefinition[] outcomes = ["off", Some.Split(("on", 1), ("off", 1)), Some.Rollout(5) with { Else = "off" }, Some.Rollout(5, Some.Split(("off", 1))), Some.Experiment("x", ("off", 1)), Some.Experiment("x", ("on", 1)) with { Else = "off" }];

        foreach (var outcome in outcomes)
            Some.Snapshot(Some.Flag().When(null).When(null, outcome) with { Default = null, Guards = [Compared] }).Compile().Diagnostics.Should().BeEmpty(outcome.ToString());
        Some.Snapshot(Some.Flag() with { Default = Some.Split(("on", 1), ("off", 0)), Guards = [Compared] }).Compile().Diagnostics.Should().ContainSingle("a weight of 0 serves nobody");
    }

    [Fact]
    public void AttemptBelowOneQuarantines() =>
        Some.Snapshot(Some.Flag() with { Attempt = 0 }).Compile().Diagnostics.Should().ContainSingle().Which
            .Should().Match<SnapshotDiagnostic>(found => found.Id == DiagnosticId.InvalidAttempt && found.Severity == DiagnosticSeverity.Error && found.Path == "$.flags['flag'].attempt");

    [Fact]
    public void QuarantinedFlagHasNoGuards() =>
        Some.Snapshot(Some.Flag() with { Default = "none", Guards = [Sound] }).Compile().Rules.Find("flag")!.Guards.Should().BeEmpty();

    private static FlagDefinition Served(params GuardDefinition[] guards) => Some.Flag() with { Default = Some.Split(("on", 1), ("off", 1)), Guards = guards };
}
