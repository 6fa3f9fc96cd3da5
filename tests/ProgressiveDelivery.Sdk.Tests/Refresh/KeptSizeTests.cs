using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>What was accepted is kept, and read back, whatever its size; what is not kept is told.</summary>
public sealed class KeptSizeTests : IDisposable
{
    private const string Letters = "Пушкин 東京 😀 ";

    private static readonly Turn Down = Throw(new SnapshotSourceException("Down."));
    private static readonly ControlAct Lasting = new("ada", "INC-1") { SurvivesRestart = true };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(60_000)]
    [InlineData(600)]
    public async Task PatchedStateThatIsNotAsciiIsReadBack(int bytes)
    {
        await using (var test = Client(bytes + 1_000))
            await test.PlayAsync(Document(Large(1, bytes)), Patch(1, 2), Current());
        await using var restarted = Client(bytes + 1_000);

        await restarted.PlayAsync(Down);

        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 2L, Origin = SnapshotOrigin.LastKnownGood });
        restarted.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("OutageBegan");
    }

    [Fact]
    public async Task PatchedStateWhoseOwnWordsAreLongerThanWhatWasSentIsReadBack()
    {
        var numbers = string.Join(',', Enumerable.Range(0, 2_000).Select(i => $"\"{i}\":1e18"));
        var flag = $$"""{"type":"integer","variants":{ {{numbers}} },"default":"0"}""";
        var document = $$"""{"schema":"progressive-delivery/1","version":1,"flags":{"f":{{flag}} } }""";
        await using (var test = Client(document.Length + 1_000))
            await test.PlayAsync(Document(document), Patch("""{"baseVersion":1,"version":2,"set":{"flags":{}}}"""), Current());
        await using var restarted = Client(document.Length + 1_000);

        await restarted.PlayAsync(Down);

        Directory.GetFiles(_folder.Path, "*2.snapshot").Sum(file => new FileInfo(file).Length).Should().BeGreaterThan(2 * document.Length);
        restarted.Status.SnapshotVersion.Should().Be(2);
    }

    [Fact]
    public async Task HeldSnapshotThatIsNotAsciiIsReadBack()
    {
        await using (var test = Client(61_000))
        {
            await test.PlayAsync(Document(Large(1, 60_000)), Document(ClientUnderTest.Document(2)));
            (await test.Control.StepBackAsync(Lasting)).Result.Should().Be(ControlResult.Done);
        }

        await using var restarted = Client(61_000);
        await restarted.PlayAsync(Down);

        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 1L, Control = new { Version = 1L } });
        new FileInfo(Directory.GetFiles(_folder.Path, "*.control").Single()).Length.Should().BeLessThan(62_000);
    }

    [Fact]
    public async Task DocumentWithAByteOrderMarkIsKeptAsItWasSent()
    {
        await using (var test = Client(1_000))
            await test.PlayAsync(Document("\ufeff" + ClientUnderTest.Document(7)), Current());
        await using var restarted = Client(1_000);

        await restarted.PlayAsync(Down);

        restarted.Status.SnapshotVersion.Should().Be(7);
    }

    [Fact]
    public async Task NumbersAtTheEndsOfTheirRangesAreReadBackAsTheyWere()
    {
        const string Flags = """
            "i":{"type":"integer","variants":{"min":-9223372036854775808,"max":9223372036854775807},"default":"min"},
            "n":{"type":"number","variants":{"tiny":5e-324,"huge":-1.7976931348623157e308,"zero":-0.0},"default":"huge"}
            """;
        await using (var test = Client(10_000))
            await test.PlayAsync(Document($$"""{"schema":"progressive-delivery/1","version":9223372036854775806,"flags":{ {{Flags}} } }"""), Patch("""{"baseVersion":9223372036854775806,"version":9223372036854775807,"set":{"flags":{} } }"""), Current());
        await using var restarted = Client(10_000);

        await restarted.PlayAsync(Down);

        restarted.Status.SnapshotVersion.Should().Be(long.MaxValue);
        restarted.Client.EvaluateInteger("i", EvaluationContext.Empty, 0).Value.Should().Be(long.MinValue);
        restarted.Client.EvaluateNumber("n", EvaluationContext.Empty, 0).Value.Should().Be(double.MinValue);
    }

    [Fact]
    public async Task WhatCannotBeKeptIsToldAtOnceAndOnce()
    {
        var unwritable = new SnapshotDefinition { Version = 1, Cycles = CycleHandling.EndFlag };
        await using var test = Client(10_000);

        await test.PlayAsync(_ => new(SnapshotReading.OfDefinition(unwritable)), Patch(1, 2, "g"));
        test.Time.Advance(TimeSpan.FromSeconds(11));
        await test.PlayAsync(Patch(2, 3, "g"), Current());

        test.Status.Should().BeEquivalentTo(new { SnapshotVersion = 3L, State = FeatureClientState.Ready });
        test.Warnings.Should().ContainSingle(line => line.Id.Id == 400).Which.Message.Should().Contain("version 2").And.Contain("older version");
    }

    [Fact]
    public async Task HeldSnapshotThatCannotBeKeptIsToldAndCostsNoOtherAct()
    {
        var passing = new ControlAct("ada", "INC-2");
        var lasting = passing with { SurvivesRestart = true };
        await using (var test = Client(10_000))
        {
            await test.PlayAsync(Document(ClientUnderTest.Document(1)), _ => new(SnapshotReading.OfDefinition(new() { Version = 2, Flags = [Some.Text("f", new string('x', 5_000_000))] })));
            (await test.Control.OverrideAsync("g", "on", lasting)).Result.Should().Be(ControlResult.DoneWithoutEffect);

            var held = await test.Control.HoldAsync(lasting);

            held.Result.Should().Be(ControlResult.DoneUntilRestart);
            held.Message.Should().Contain("Version 2 is not kept on disk").And.Contain("PD1004");
            (await test.Control.RemoveOverrideAsync("g", passing)).Result.Should().Be(ControlResult.Done);
            (await test.Control.OverrideAsync("h", "on", lasting)).Result.Should().Be(ControlResult.DoneWithoutEffect);
            await test.PlayAsync(Current());
            test.Warnings.Should().ContainSingle(line => line.Message.Contains("is not kept on disk", StringComparison.Ordinal));
        }

        await using var restarted = Client(10_000);
        await restarted.PlayAsync(Throw(new SnapshotSourceException("Down.")));
        restarted.Control.State.Overrides.Select(put => put.Flag).Should().Equal("h");
    }

    [Fact]
    public async Task SegmentsThatPatchesAddCountAgainstTheLimitAndThoseReplacedDoNot()
    {
        await using var test = Client(20_000);
        await test.PlayAsync(Document(ClientUnderTest.Document(1)));

        for (var version = 1; version <= 20; version++)
            await test.PlayAsync(Segment(version, "same"));
        test.Status.Should().BeEquivalentTo(new { SnapshotVersion = 21L, Cause = (object?)null });

        for (var version = 21; version <= 40 && test.Status.Cause is null; version++)
            await test.PlayAsync(Segment(version, $"s{version}"));
        test.Status.SnapshotVersion.Should().BeInRange(23, 26);
        test.Status.Cause!.Message.Should().Contain("PD1004").And.Contain("once it is patched").And.Contain("MaxBytes");
    }

    [Fact]
    public async Task PatchCannotGrowAnythingBeyondItsLimit()
    {
        await using var test = Client(100_000, limits =>
            (limits.MaxFlags, limits.MaxDepth, limits.MaxRulesPerFlag, limits.MaxSegmentMembers, limits.MaxPatternLength) = (3, 20, 2, 2, 10));
        await test.PlayAsync(Document(ClientUnderTest.Document(1)));

        await test.PlayAsync(Patch("""{"baseVersion":1,"version":2,"set":{"segments":{"s":{"include":["a","b","c"]}},"flags":{"f":{"type":"boolean","variants":{"on":true,"off":false},"rules":[{"when":{"segment":"s"},"serve":"on"}],"default":"on"}}}}"""));
        test.Client.EvaluateBoolean("f", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Error, "the segment has too many members");
        await test.PlayAsync(Patch("""{"baseVersion":2,"version":3,"set":{"flags":{"g":{"type":"boolean","variants":{"on":true},"rules":[{"when":{"attribute":"a","matches":"aaaaaaaaaaaaaaaa"},"serve":"on"}],"default":"on"}}}}"""));
        test.Client.EvaluateBoolean("g", EvaluationContext.Empty).Reason.Should().NotBe(EvaluationReason.Default, "the pattern is too long");
        await test.PlayAsync(Patch($$"""{"baseVersion":2,"version":4,"set":{"flags":{"g":{"type":"json","variants":{"v":{{new string('[', 30)}}{{new string(']', 30)}} },"default":"v"} } } }"""));
        test.Status.Cause!.Message.Should().Contain("PD1004").And.Contain("MaxDepth");
    }

    [Fact]
    public async Task KillsOfFlagsThatThereAreNotEndAtALimitAndKillsOfFlagsThatThereAreDoNot()
    {
        await using var test = Client(100_000, limits => limits.MaxFlags = 3);
        await test.PlayAsync(Document(ClientUnderTest.Document(1)));

        await test.PlayAsync([.. Enumerable.Range(0, 4).Select(i => Kill(9, $"none{i}", "off"))]);
        test.Status.Cause!.Message.Should().Contain("PD1004").And.Contain("kills");

        await test.PlayAsync(Kill(9, "f", "off"));
        test.Client.EvaluateBoolean("f", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Killed);
    }

    private static string Large(long version, int bytes)
    {
        var text = new StringBuilder();
        while (Encoding.UTF8.GetByteCount(text.ToString()) < bytes - 400)
            text.Append(Letters).Append(Letters);
        return $$"""{"schema":"progressive-delivery/1","version":{{version}},"flags":{"f":{"type":"string","variants":{"long":"{{text}}","short":"s"},"default":"long"} } }""";
    }

    private static Turn Patch(long from, long to, string flag = "g") => ScriptedSource.Patch(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"baseVersion":{{{from}}},"version":{{{to}}},"set":{"flags":{"{{{flag}}}":{"type":"boolean","variants":{"on":true},"default":"on"} } } }"""));

    private static Turn Segment(long from, string name) => ScriptedSource.Patch(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"baseVersion":{{{from}}},"version":{{{from + 1}}},"set":{"segments":{"{{{name}}}":{"include":["{{{new string('u', 4_000)}}}"]} } } }"""));

    private static Turn Patch(string patch) => ScriptedSource.Patch(patch);

    private ClientUnderTest Client(int maxBytes, Action<SnapshotLimits>? more = null) => new(client => client.KeepLastKnownGoodIn(_folder.Path).Configure(options =>
    {
        (options.Limits.MaxBytes, options.MaxQuarantinedShare) = (maxBytes, 1);
        more?.Invoke(options.Limits);
    }));
}
