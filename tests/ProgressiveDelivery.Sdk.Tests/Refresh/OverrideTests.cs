using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class OverrideTests
{
    private const string Flags = """
        "f": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "on" },
        "needs": { "type": "boolean", "variants": { "on": true, "off": false }, "offVariant": "off", "requires": [ { "flag": "f", "variants": ["on"] } ], "default": "on" },
        "disabled": { "type": "boolean", "variants": { "on": true, "off": false }, "enabled": false, "offVariant": "off", "default": "off" }
        """;

    private static readonly ControlAct Ada = new("ada", "INC-1");

    [Fact]
    public async Task OverrideServesOneVariantWhateverSnapshotsCome()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));

        var outcome = await test.Control.OverrideAsync("f", "off", Ada);
        await test.PlayAsync(Rules(2), Rules(3));

        outcome.Should().BeEquivalentTo(new { Result = ControlResult.Done, Message = "Flag 'f' serves variant 'off' to every caller." });
        var answer = test.Client.EvaluateBoolean("f", EvaluationContext.Empty);
        (answer.Value, answer.Variant, answer.Reason, answer.SnapshotVersion, answer.IsHeld).Should().Be((false, "off", EvaluationReason.Override, 3, false));
        test.Client.Explain("f", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Override);
        test.Client.EvaluateBoolean("needs", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.PrerequisiteFailed);
        test.Status.Control!.Overrides.Should().BeEquivalentTo([new { Flag = "f", Variant = "off", HasEffect = true, By = "ada", Reason = "INC-1", Since = test.Time.GetUtcNow() }]);

        (await test.Control.RemoveOverrideAsync("f", Ada)).IsDone.Should().BeTrue();
        test.IsOn.Should().BeTrue();
        test.Client.IsEnabled("needs", EvaluationContext.Empty).Should().BeTrue();
        test.Status.Control.Should().BeNull();
    }

    [Fact]
    public async Task OverrideWinsOverAKillAndOverADisabledFlag()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), Kill(2, "f", "off"));

        await test.Control.OverrideAsync("f", "on", Ada);
        await test.Control.OverrideAsync("disabled", "on", Ada);

        test.IsOn.Should().BeTrue();
        test.Client.EvaluateBoolean("disabled", EvaluationContext.Empty).Should().BeEquivalentTo(new { Value = true, Reason = EvaluationReason.Override });
        await test.Control.RemoveOverrideAsync("f", Ada);
        test.Client.EvaluateBoolean("f", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Killed);
    }

    [Theory]
    [InlineData("later", "on")]
    [InlineData("f", "third")]
    public async Task OverrideOfAMissingFlagTakesEffectWhenASnapshotHasIt(string flag, string variant)
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));

        var outcome = await test.Control.OverrideAsync(flag, variant, Ada);

        outcome.Should().BeEquivalentTo(new { IsDone = true, Result = ControlResult.DoneWithoutEffect });
        test.Status.Control!.Overrides.Single().HasEffect.Should().BeFalse();
        test.Logs.GetSnapshot().Should().ContainSingle(line => line.Id.Id == 506 && line.Level == LogLevel.Warning);
        test.IsOn.Should().BeTrue();

        await test.PlayAsync(Document($$"""{ "schema": "progressive-delivery/1", "version": 2, "flags": { "{{flag}}": { "type": "boolean", "variants": { "{{variant}}": true, "off": false }, "default": "off" } } }"""));

        test.Client.EvaluateBoolean(flag, EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Override);
        test.Status.Control!.Overrides.Single().HasEffect.Should().BeTrue();
    }

    [Fact]
    public async Task OverrideBeforeThereAreRulesHoldsUnderThem()
    {
        await using var test = new ClientUnderTest();

        (await test.Control.OverrideAsync("f", "off", Ada)).Result.Should().Be(ControlResult.DoneWithoutEffect);
        await test.PlayAsync(Rules(1));

        test.IsOn.Should().BeFalse();
    }

    [Fact]
    public async Task AssertionsAreJudgedWithoutOverridesAndKills()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), Kill(9, "f", "off"));
        await test.Control.OverrideAsync("f", "off", Ada);

        await test.PlayAsync(Document($$"""{ "schema": "progressive-delivery/1", "version": 2, "flags": { {{Flags}} }, "assertions": [ { "flag": "f", "context": {}, "variant": "on" } ] }"""));

        test.Status.Should().BeEquivalentTo(new { SnapshotVersion = 2L, State = FeatureClientState.Ready });
        test.IsOn.Should().BeFalse();
    }

    [Fact]
    public async Task OverrideHoldsUnderWhateverIsSteppedBackTo()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), Rules(2));
        await test.Control.OverrideAsync("f", "off", Ada);

        await test.Control.StepBackAsync(Ada);
        test.IsOn.Should().BeFalse();
        await test.Control.RemoveOverrideAsync("f", Ada);
        test.IsOn.Should().BeTrue();
        await test.Control.ReleaseAsync(Ada);

        test.IsOn.Should().BeTrue();
        test.Status.SnapshotVersion.Should().Be(2);
    }

    [Fact]
    public async Task OverrideExpiresByItselfAndALaterOneTakesItsPlace()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        await test.Control.OverrideAsync("f", "on", new("ada", "a day") { ExpiresAfter = TimeSpan.FromDays(1) });
        await test.Control.OverrideAsync("f", "off", new("bob", "an hour") { ExpiresAfter = TimeSpan.FromHours(1) });
        test.IsOn.Should().BeFalse();

        test.Time.Advance(TimeSpan.FromMinutes(61));

        await Until.HoldsAsync(() => test.IsOn);
        test.Client.EvaluateBoolean("f", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Default);
        test.Control.AuditTrail.Select(record => (record.Kind, record.By, record.FromVariant, record.ToVariant)).Should().Equal(
            (ControlActKind.OverrideExpired, "bob", "off", null), (ControlActKind.Override, "bob", "on", "off"), (ControlActKind.Override, "ada", null, "on"));
    }

    [Fact]
    public async Task OverriddenFlagAllocatesNothing()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), Rules(2));
        await test.Control.OverrideAsync("f", "off", Ada);
        await test.Control.StepBackAsync(Ada);
        var flag = new FeatureFlag<bool>("f", fallback: true);

        Allocated.By(() => test.Client.IsEnabled("f", EvaluationContext.Empty)).Should().Be(0);
        Allocated.By(() => test.Client.IsEnabled(flag, EvaluationContext.Empty)).Should().Be(0);
        Allocated.By(() => _ = test.Client.EvaluateBoolean("f", EvaluationContext.Empty).IsHeld).Should().Be(0);
    }

    [Fact]
    public async Task DifferenceTellsWhoGetsAnotherVariant()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), Document($$"""
            { "schema": "progressive-delivery/1", "version": 2, "flags": { {{Flags}},
              "new": { "type": "boolean", "variants": { "on": true, "off": false }, "rules": [ { "when": { "attribute": "beta", "equals": true }, "serve": "on" } ] } } }
            """));

        var difference = test.Control.Diff(1, 2, [new("u-1", [KeyValuePair.Create("beta", (AttributeValue)true)]), new("u-2")]);

        difference.Should().BeEquivalentTo(new { FromVersion = 1L, ToVersion = 2L, Added = new[] { "new" }, Removed = Array.Empty<string>(), Changed = Array.Empty<string>(), Affected = Array.Empty<string>() });
        difference!.Moves.Should().Equal(new VariantMove("new", "u-1", null, "on"));
        test.Control.Diff(2, 1)!.Removed.Should().Equal("new");
        test.Control.Diff(1, 3).Should().BeNull();
    }

    private static Turn Rules(long version) => Document($$"""{ "schema": "progressive-delivery/1", "version": {{version}}, "flags": { {{Flags}} } }""");
}
