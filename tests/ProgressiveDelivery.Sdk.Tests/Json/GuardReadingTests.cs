using System.Diagnostics;
using System.Text;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Tests.Json;

/// <summary>Guards, gates, blackouts and attempts as they are read; a faulty one does not cost its flag.</summary>
public sealed class GuardReadingTests
{
    private const string Sound = """{ "id": "errors", "kind": "error", "variant": "yes", "limit": 0.01 }""";

    [Fact]
    public void EveryMemberOfAGuardIsRead()
    {
        var guard = ReadGuard("""
            "id": "value", "kind": "metric", "metric": "basket", "below": 1, "variant": "yes", "against": "no", "margin": 0.02, "ratio": 1.5, "mode": "lifetime", "alpha": 0.05, "within": 1000,
            "minimumBad": 5, "minimumOutcomes": 100, "oncePer": "1m", "then": "no", "inconclusive": "pass", "noData": "back", "dryRun": true,
            "probe": { "percent": 0.5, "wait": "10m", "maxWait": "2h", "maxOutcomes": 500, "closeWithoutProof": true }
            """);

        guard.Should().Be(new GuardDefinition
        {
            Id = "value",
            Kind = GuardKind.Metric,
            Metric = "basket",
            Below = 1,
            Variant = "yes",
            Against = "no",
            Margin = 0.02,
            Ratio = 1.5,
            Mode = GuardMode.Lifetime,
            Alpha = 0.05,
            Within = 1000,
            MinimumBad = 5,
            MinimumOutcomes = 100,
            OncePer = TimeSpan.FromMinutes(1),
            Then = GuardResponse.Revert,
            RevertTo = "no",
            Inconclusive = GuardPolicy.Pass,
            NoData = GuardPolicy.StepBack,
            DryRun = true,
            Probe = new() { Percent = 0.5m, Wait = TimeSpan.FromMinutes(10), MaxWait = TimeSpan.FromHours(2), MaxOutcomes = 500, CloseWithoutProof = true },
        });
    }

    [Fact]
    public void AbsentMembersHaveTheirDefaults()
    {
        ReadGuard(""" "id": "errors", "kind": "error", "variant": "yes", "limit": 0.01 """).Should().Be(new GuardDefinition { Id = "errors", Kind = GuardKind.Error, Variant = "yes", Limit = 0.01 });
        Documents.ReadFlag(""" "default": "yes" """).Flag().Should().Match<FlagDefinition>(flag => flag.Attempt == 1 && flag.Guards.Count == 0);
        Documents.ReadFlag(""" "default": "yes", "attempt": 7 """).Flag().Attempt.Should().Be(7);
    }

    [Theory]
    [InlineData("\"pause\"", GuardResponse.Pause, null)]
    [InlineData("\"warn\"", GuardResponse.Warn, null)]
    [InlineData("\"no\"", GuardResponse.Revert, "no")]
    [InlineData("{ \"revert\": \"pause\" }", GuardResponse.Revert, "pause")]
    public void ResponseIsAWordOrAVariant(string then, GuardResponse response, string? variant)
    {
        var read = Documents.ReadFlag($$""" "guards": [ { "id": "errors", "kind": "error", "variant": "yes", "limit": 0.01, "then": {{then}} } ] """);

        read.Flag().Guards[0].Should().Match<GuardDefinition>(guard => guard.Then == response && guard.RevertTo == variant);
        SnapshotJson.Read(Documents.Write(read.Definition!)).Flag().Guards.Should().Equal(read.Flag().Guards);
    }

    [Theory]
    [InlineData("5", "PD1101", "")]
    [InlineData("{ }", "PD1101", "")]
    [InlineData("""{ "id": "errors", "variant": "yes", "limit": 0.01 }""", "PD1101", "")]
    [InlineData("""{ "id": "errors", "kind": "error", "limit": 0.01 }""", "PD1101", "")]
    [InlineData("""{ "id": "errors", "kind": "errors", "variant": "yes", "limit": 0.01 }""", "PD1101", ".kind")]
    [InlineData("""{ "id": "errors", "kind": "error", "variant": "yes", "limit": "1 %" }""", "PD1101", ".limit")]
    [InlineData("""{ "id": "errors", "kind": "error", "variant": "yes", "limit": 0.01, "within": 1.5 }""", "PD1101", ".within")]
    [InlineData("""{ "id": "errors", "kind": "error", "variant": "yes", "limit": 0.01, "then": 5 }""", "PD1101", ".then")]
    [InlineData("""{ "id": "errors", "kind": "error", "variant": "yes", "limit": 0.01, "then": { } }""", "PD1101", ".then")]
    [InlineData("""{ "id": "errors", "kind": "error", "variant": "yes", "limit": 0.01, "noData": "wait" }""", "PD1101", ".noData")]
    [InlineData("""{ "id": "errors", "kind": "error", "variant": "yes", "limit": 0.01, "probe": 5 }""", "PD1101", ".probe")]
    [InlineData("""{ "id": "errors", "kind": "error", "variant": "yes", "limit": 0.01, "oncePer": "1 minute" }""", "PD1145", ".oncePer")]
    [InlineData("""{ "id": "errors", "kind": "error", "variant": "yes", "limit": 0.01, "probe": { "wait": 5 } }""", "PD1145", ".probe.wait")]
    [InlineData("""{ "id": "errors", "kind": "error", "variant": "yes", "limitt": 0.01 }""", "PD1143", ".limitt")]
    public void FaultyGuardIsAWarningAndItsFlagLives(string guard, string id, string path)
    {
        var read = Documents.ReadFlag($$""" "default": "yes", "guards": [ {{Sound}}, {{guard}} ] """);

        read.Diagnostics.Should().Contain(found => found.Id == id && found.Severity == DiagnosticSeverity.Warning && found.Path.EndsWith("$.flags['f'].guards[1]" + path, StringComparison.Ordinal));
        read.Diagnostics.Should().OnlyContain(found => found.Severity == DiagnosticSeverity.Warning);
        read.Flag().Defect.Should().BeNull();
        read.Flag().Guards.Select(one => one.Defect is null).Should().Equal(true, false);
        read.Definition!.Compile().Rules.Find("f")!.Guards.Select(one => one.Id).Should().Equal("errors");
    }

    /// <summary>What is kept on disk must not open a gate that the document keeps closed.</summary>
    [Theory]
    [InlineData("""{ "id": "errors", "kind": "error", "variant": "yes", "limit": "1 %" }""", """{ "guards": ["errors"] }""")]
    [InlineData("""{ "id": "errors", "kind": "error", "variant": "yes", "limit": "1 %" }""", """{ "minimumTime": "1h" }""")]
    [InlineData(Sound, """{ "guards": [5] }""")]
    [InlineData(Sound, """{ "guards": ["errors"], "minimumTime": "1 hour" }""")]
    [InlineData(Sound, "true")]
    public void WhatIsFaultyStaysFaultyWhenItIsWrittenAndReadAgain(string guard, string gate)
    {
        var read = Documents.ReadFlag($$"""
            "guards": [ {{guard}} ], "default": { "rollout": { "to": "yes", "steps": [ { "at": "2026-11-01T00:00:00Z", "percent": 1 }, { "at": "2026-11-02T00:00:00Z", "percent": 100, "gate": {{gate}} } ] } }
            """);
        var again = SnapshotJson.Read(Documents.Write(read.Definition!));

        foreach (var definition in new[] { read.Definition!, again.Definition! })
        {
            var ramp = definition.Compile().Rules.Find("f")!.Ramps.Should().ContainSingle().Subject;
            ramp.Share.Steps[1].Should().Match<ProgressiveDelivery.Sdk.Evaluation.Outcomes.RampStep>(step => step.IsClosed && step.IsFaulty);
            ramp.Share.PercentAt(Some.Monday.UtcTicks).Should().Be(1);
        }
    }

    [Theory]
    [InlineData("5")]
    [InlineData("[ 5 ]")]
    [InlineData("""[ { "days": ["Fryday"] } ]""")]
    [InlineData("""[ { "from": "25:00" } ]""")]
    [InlineData("""[ { "dayss": ["Fri"] } ]""")]
    public void FaultyBlackoutNeverEndsAndTheFlagLives(string blackouts)
    {
        var read = Documents.ReadFlag($$""" "default": { "rollout": { "to": "yes", "steps": [ { "at": "2026-11-01T00:00:00Z", "percent": 1 } ], "blackouts": {{blackouts}} } } """);

        read.Flag().Defect.Should().BeNull();
        read.Diagnostics.Should().NotBeEmpty().And.OnlyContain(found => found.Severity == DiagnosticSeverity.Warning);
        read.Definition!.Compile().Rules.Find("f")!.Ramps[0].Share.Threshold(DateTime.MaxValue.Ticks).Should().Be(0);
    }

    [Fact]
    public void FaultOfAGuardIsAnErrorForAuthors()
    {
        var document = Documents.With($$""" "flags": { "f": { "type": "boolean", "guards": [ { "id": "errors", "kind": "oops", "variant": "on", "limit": 0.1 } ] } } """);

        SnapshotJson.Read(Encoding.UTF8.GetBytes(document), SnapshotReadModes.Strict).ShouldBeMalformed("PD1101").Path.Should().Be("$.flags['f'].guards[0].kind");
    }

    [Fact]
    public void GuardOfAPatchIsReadLikeThatOfAWhole()
    {
        var (patch, diagnostics) = new PatchReader(new()).Read(Encoding.UTF8.GetBytes($$"""
            { "baseVersion": 1, "version": 2, "set": { "flags": { "f": { "type": "boolean", "attempt": 3, "guards": [ {{Sound}}, 5 ] } } } }
            """));

        patch!.Flags[0].Should().Match<FlagDefinition>(flag => flag.Defect == null && flag.Attempt == 3 && flag.Guards[0].Defect == null && flag.Guards[1].Defect != null);
        diagnostics.Should().ContainSingle().Which.Path.Should().Be("$.set.flags['f'].guards[1]");
    }

    [Fact]
    public void AllGuardsOfAFlagAfterTheSixtyFourthAreLeftOut()
    {
        var read = Documents.ReadFlag($$""" "default": "yes", "guards": [ {{string.Join(",", Enumerable.Range(0, 70).Select(i => Sound.Replace("errors", $"e{i}", StringComparison.Ordinal)))}} ] """);

        read.Diagnostics.Should().ContainSingle().Which.Should().Match<SnapshotDiagnostic>(found => found.Id == DiagnosticId.TooManyGuards && found.Message.Contains("70 guards"));
        read.Definition!.Compile().Rules.Find("f")!.Guards.Should().HaveCount(64).And.OnlyHaveUniqueItems(guard => guard.Id);
    }

    /// <summary>A million guards, in one flag and in many.</summary>
    [Theory]
    [InlineData("0")]
    [InlineData("{}")]
    public void MillionGuardsAreCutOrRefusedWithoutReadingThem(string guard)
    {
        var million = string.Join(",", Enumerable.Repeat(guard, 1_000_000 / 50));
        var watch = Stopwatch.StartNew();

        var one = Documents.ReadFlag($$""" "guards": [ {{string.Join(",", Enumerable.Repeat(million, 50))}} ] """);
        var twenty = string.Join(",", Enumerable.Repeat(guard, 20));
        var many = Documents.ReadFlags(string.Join(",", Enumerable.Range(0, 50_000).Select(i => $$""" "f{{i}}": { "type": "boolean", "guards": [ {{twenty}} ] } """)));

        one.Diagnostics.Should().Contain(found => found.Id == DiagnosticId.TooManyGuards && found.Message.Contains("1000000 guards"));
        one.Flag().Guards.Should().HaveCount(65);
        many.ShouldBeRefused("PD1004").Message.Should().Be("The snapshot has more guards than are allowed; the limit is 10000. Make it smaller, or raise MaxGuards.");
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(1), "it is a matter of a second");
    }

    private static GuardDefinition ReadGuard(string members)
    {
        var read = Documents.ReadFlag($$""" "guards": [ { {{members}} } ] """);
        read.Diagnostics.Should().BeEmpty();
        return read.Flag().Guards.Should().ContainSingle().Subject;
    }
}
