using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>Snapshots and definitions that an operator looks at.</summary>
public sealed class FindSnapshotTests
{
    private static readonly EvaluationContext Ada = new("ada");

    [Fact]
    public async Task EveryVersionOfTheHistoryIsFound()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1, "on"), Rules(2, "off"));

        test.Diagnostics.FindSnapshot(1)!.Should().BeEquivalentTo(new { Version = 1L, IsHeld = false });
        test.Diagnostics.FindSnapshot(1)!.IsEnabled("f", Ada).Should().BeTrue();
        test.Diagnostics.FindSnapshot(1)!.Explain("f", Ada).Should().BeEquivalentTo(new { Variant = "on", SnapshotVersion = 1L });
        test.Diagnostics.FindSnapshot(2)!.IsEnabled("f", Ada).Should().BeFalse();
        test.Diagnostics.FindSnapshot(3).Should().BeNull();
        test.Diagnostics.FindSnapshot(0).Should().BeNull();
    }

    [Fact]
    public async Task VersionInForceAnswersAsItDoesAndOthersByTheirDocument()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1, "on"), Rules(2, "on"), Kill(2, "f", "off"));
        await test.Control.OverrideAsync("g", "off", new("ada", "why"));

        var (old, now) = (test.Diagnostics.FindSnapshot(1)!, test.Diagnostics.FindSnapshot(2)!);

        (old.EvaluateBoolean("f", Ada).Reason, old.EvaluateBoolean("g", Ada).Reason).Should().Be((EvaluationReason.Default, EvaluationReason.Default));
        (now.EvaluateBoolean("f", Ada).Reason, now.EvaluateBoolean("g", Ada).Reason).Should().Be((EvaluationReason.Killed, EvaluationReason.Override));
        await test.Control.StepBackAsync(new("ada", "why"));
        var (held, newer) = (test.Diagnostics.FindSnapshot(1)!, test.Diagnostics.FindSnapshot(2)!);
        (held.IsHeld, held.EvaluateBoolean("g", Ada).Reason).Should().Be((true, EvaluationReason.Override));
        (newer.IsHeld, newer.EvaluateBoolean("f", Ada).Reason, newer.EvaluateBoolean("g", Ada).Reason).Should().Be((false, EvaluationReason.Default, EvaluationReason.Default));
        old.EvaluateBoolean("g", Ada).Reason.Should().Be(EvaluationReason.Default, "what was found does not change");
    }

    [Fact]
    public async Task AnswersHaveNoEffects()
    {
        var sink = new InMemoryEventSink();
        await using var test = new ClientUnderTest(client => client.SendEventsTo(_ => sink).CountEvaluations().Configure(options => (options.ThrowOnUnknownFlag, options.AllowForcedVariants) = (true, true)));
        await test.PlayAsync(_ => new(SnapshotReading.OfDefinition(Tracked(1))), _ => new(SnapshotReading.OfDefinition(Tracked(2))));
        test.Diagnostics.CountServed();
        var forced = new EvaluationContext("bob").WithForcedVariant("f", "off", "tester");

        foreach (var version in (long[])[1, 2])
        {
            var found = test.Diagnostics.FindSnapshot(version)!;
            found.IsEnabled("f", Ada).Should().BeTrue();
            found.EvaluateBoolean("f", Ada).Value.Should().BeTrue();
            found.EvaluateBoolean("f", forced).Reason.Should().Be(EvaluationReason.Override);
            found.IsEnabled("missing", Ada, fallback: true).Should().BeTrue();
            found.GetFrontEndFlags(Ada);
        }

        await test.Client.FlushAsync();
        test.Diagnostics.Served.Should().BeEmpty();
        sink.Events.OfType<ExposureEvent>().Should().BeEmpty();
        test.Control.AuditTrail.Should().BeEmpty();
        test.Warnings.Should().BeEmpty();
        test.Client.IsEnabled("f", Ada);
        test.Client.IsEnabled("f", forced);
        await test.Client.FlushAsync();
        test.Diagnostics.Served.Should().ContainSingle();
        sink.Events.OfType<ExposureEvent>().Should().ContainSingle();
        test.Control.AuditTrail.Should().ContainSingle("the same context is recorded where it has effects");
    }

    [Fact]
    public async Task StickyAssignmentIsReadAndNeverStored()
    {
        var split = new ExperimentOutcome { Key = "e", Split = [new("on", 100), new("off", 0)], Sticky = new() { Version = 1 } };
        var other = split with { Split = [new("on", 0), new("off", 100)] };
        await using var test = new ClientUnderTest();
        await test.PlayAsync(
            _ => new(SnapshotReading.OfDefinition(Some.Snapshot(Some.Flag("f") with { Default = split }))),
            _ => new(SnapshotReading.OfDefinition(Some.Snapshot(Some.Flag("f") with { Default = other }) with { Version = 2 })));

        test.Diagnostics.FindSnapshot(1)!.IsEnabled("f", Ada).Should().BeTrue();

        test.Client.IsEnabled("f", Ada).Should().BeFalse("nothing was stored");
        test.Diagnostics.FindSnapshot(1)!.IsEnabled("f", Ada).Should().BeFalse("what is stored is read");
    }

    [Fact]
    public async Task SnapshotBeyondTheHistoryIsGone()
    {
        await using var test = new ClientUnderTest(client => client.Configure(options => options.HistoryLength = 2));
        await test.PlayAsync(Rules(1, "on"), Rules(2, "on"), Rules(3, "on"));

        test.Diagnostics.FindSnapshot(1).Should().BeNull();
        test.Diagnostics.FindSnapshot(2).Should().NotBeNull();
    }

    [Fact]
    public async Task DefinitionIsThatOfTheDocument()
    {
        await using var test = new ClientUnderTest();
        test.Diagnostics.FindDefinition("f").Should().BeNull();
        await test.PlayAsync(Rules(1, "on"));

        var text = test.Diagnostics.FindDefinition("f");

        text.Should().Be("""
            {
              "type": "boolean",
              "variants": {
                "on": true,
                "off": false
              },
              "enabled": true,
              "default": "on"
            }
            """.ReplaceLineEndings());
        var read = SnapshotJson.Read(System.Text.Encoding.UTF8.GetBytes($$"""{ "schema": "progressive-delivery/1", "version": 1, "flags": { "f": {{text}} } }""")).Definition!;
        read.Flags.Should().Equal(SnapshotJson.Read(System.Text.Encoding.UTF8.GetBytes(ClientUnderTest.Document(1))).Definition!.Flags);
        test.Diagnostics.FindDefinition("missing").Should().BeNull();
    }

    [Fact]
    public async Task DefinitionThatOurFormatCannotExpressIsNull()
    {
        ConditionDefinition deep = new SegmentCondition("beta");
        for (var i = 0; i < 200_000; i++)
            deep = new NotCondition(deep);
        await using var test = new ClientUnderTest(client => client.Configure(options => options.MaxQuarantinedShare = 1));
        await test.PlayAsync(_ => new(SnapshotReading.OfDefinition(Some.Snapshot(
            Some.Flag("own"),
            Some.Flag("foreign").When(new AbortCondition("x")),
            Some.Of("infinite", FlagType.Number, double.PositiveInfinity),
            Some.Flag("deep").When(deep),
            Some.Flag("broken") with { Defect = new SnapshotDiagnostic("PD1101", DiagnosticSeverity.Error, "$", "x") }))));

        test.Diagnostics.FindDefinition("own").Should().NotBeNull();
        foreach (var flag in (string[])["foreign", "infinite", "deep", "broken"])
            test.Diagnostics.FindDefinition(flag).Should().BeNull(flag);
    }

    private static SnapshotDefinition Tracked(long version) => Some.Snapshot(Some.Flag("f").When(Some.That("targetingKey", AttributeOperator.Exists, true)) with { Track = true }) with { Version = version };

    private static Turn Rules(long version, string serve) => Document($$"""
        { "schema": "progressive-delivery/1", "version": {{version}},
          "flags": { "f": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "{{serve}}" },
                     "g": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "{{serve}}" } } }
        """);
}
