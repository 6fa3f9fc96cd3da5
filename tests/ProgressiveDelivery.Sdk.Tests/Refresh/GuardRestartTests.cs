using System.Text;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Steering;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.Guarded;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>Trips and positions outlive a restart if the disk had the time to take them.</summary>
public sealed class GuardRestartTests : IDisposable
{
    private static readonly Turn Down = Throw(new SnapshotSourceException("Down."));
    private static readonly ControlAct Ada = new("ada", "INC-1");

    private readonly PlayedDisk _disk = new();

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task TripProbeAndPositionsHoldAgainBeforeTheSourceIsRead()
    {
        var probing = Trip() with { ProbePercent = 0.5m, Probes = 3, Attempt = 1, Version = 1 };
        var pausing = Trip("latency") with { Response = GuardResponse.Pause, Served = null, NextProbe = Trip().Since.AddTicks(1) };
        RampPosition[] positions = [Position(2.5m, rule: null), Position(5, isPaused: true)];
        await RunAsync(test =>
        {
            test.Client.Canary.Trip(Trip());
            test.Client.Canary.Probe(Trip(), probing, "Five minutes are over");
            test.Client.Canary.Trip(pausing);
            test.Client.Canary.Trip(Trip("warns") with { Response = GuardResponse.Warn });
            Array.ForEach(positions, position => test.Client.Canary.Move(position));
        });
        await using var restarted = Client();

        await restarted.PlayAsync(Down);

        restarted.Answer().Should().Be(("off", EvaluationReason.Guarded));
        restarted.Client.Canary.Trips.Should().Equal(probing, pausing);
        restarted.Client.Canary.Ramps.Should().Equal(positions);
        restarted.Client.Canary.Probe(probing, probing with { ProbePercent = null }, "It was bad again").Should().BeTrue("what was read is what was written");
        restarted.Acts().Should().Equal(ControlActKind.ProbeEnded, ControlActKind.GuardRestored, ControlActKind.GuardRestored);
        restarted.Warnings.Where(line => line.Id.Id == 520).Should().HaveCount(2);
        restarted.Logs.GetSnapshot().Should().ContainSingle(line => line.Id.Id == 527).Which.Message.Should().Contain("2 positions").And.Contain("1 of them paused");
    }

    [Fact]
    public async Task RestoredTripEndsWithTheFirstRulesOfAHigherAttempt()
    {
        await RunAsync(test => test.Client.Canary.Trip(Trip()));
        await using (var restarted = Client())
        {
            await restarted.PlayAsync(Rules(2, attempt: 2));
            restarted.Answer().Should().Be(("on", EvaluationReason.Default));
            restarted.Acts().Should().Equal(ControlActKind.GuardClosed, ControlActKind.GuardRestored);
        }

        Kept().Should().NotContain("trips");
    }

    [Fact]
    public async Task ResetAndCloseOutliveARestartToo()
    {
        await RunAsync(async test =>
        {
            test.Client.Canary.Trip(Trip());
            test.Client.Canary.Trip(Trip() with { Flag = "other" });
            test.Client.Canary.Move(Position(5));
            await test.Client.FlushAsync();
            Kept().Should().Contain("\"trips\"").And.Contain("\"ramps\"");
            (await test.Control.ResetGuardsAsync("f", Ada)).Result.Should().Be(ControlResult.Done);
            test.Client.Canary.Close(Trip() with { Flag = "other" }, "good").Should().BeTrue();
        });
        await using var restarted = Client();

        await restarted.PlayAsync(Down);

        restarted.Answer().Should().Be(("on", EvaluationReason.Default));
        (restarted.Client.Canary.Trips.Count, restarted.Client.Canary.Ramps.Count).Should().Be((0, 0));
    }

    [Fact]
    public async Task TripAnswersWhileTheDiskHangsAndIsWrittenOnceItAnswers()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1));
        _disk.Freeze();

        test.Client.Canary.Trip(Trip()).Should().BeTrue();
        test.Client.Canary.Trip(Trip("latency")).Should().BeTrue();
        test.Answer().Should().Be(("off", EvaluationReason.Guarded));
        await _disk.HangsAsync();
        _disk.Stored(".control").Should().BeNull();

        _disk.Thaw();
        await test.Client.FlushAsync();
        ControlJson.Read(_disk.Stored(".control")!.Texts[0].Bytes)!.Canary.Trips.Should().Equal(Trip(), Trip("latency"));
    }

    [Fact]
    public async Task RestartBetweenTripAndWriteForgetsTheTrip()
    {
        var test = Client();
        await test.PlayAsync(Rules(1));
        _disk.Freeze((_, path) => path.Contains(".control", StringComparison.Ordinal));
        test.Client.Canary.Trip(Trip()).Should().BeTrue();
        await _disk.HangsAsync();

        using var copy = new PlayedDisk();
        foreach (var file in _disk.Files.Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal)))
            copy.Put(file, Encoding.UTF8.GetBytes(""), _disk.Clock);
        await using (var restarted = new ClientUnderTest(client => client.KeepLastKnownGoodIn("/kept"), files: copy))
        {
            await restarted.PlayAsync(Rules(1));
            restarted.Answer().Should().Be(("on", EvaluationReason.Default));
            restarted.Client.Canary.Trip(Trip()).Should().BeTrue("the guard can trip again");
        }

        await test.DisposeAsync();
    }

    [Fact]
    public async Task DiskThatFailsIsOneWarningAndTheTripHolds()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1));
        _disk.Fault = (operation, _) => operation == "Write" ? new IOException("No space left on device.", 28) : null;

        test.Client.Canary.Trip(Trip());
        await Until.HoldsAsync(() => test.Warnings.Any(line => line.Id.Id == 406));
        test.Answer().Reason.Should().Be(EvaluationReason.Guarded);

        _disk.Fault = (_, _) => null;
        await test.Client.FlushAsync();
        Kept().Should().Contain("\"trips\"");
    }

    [Theory]
    [InlineData("trips", """{ "overrides": [], "trips": [ { "flag": "f" } ] }""")]
    [InlineData("a list", """{ "overrides": [], "trips": {} }""")]
    [InlineData("response", """{ "overrides": [], "trips": [ { "flag": "f", "guard": "g", "variant": "on", "response": "dance", "evidence": "", "since": "2026-06-01T12:00:00Z", "version": 1, "attempt": 1 } ] }""")]
    [InlineData("share", """{ "overrides": [], "trips": [ { "flag": "f", "guard": "g", "variant": "on", "response": "revert", "served": "off", "evidence": "", "since": "2026-06-01T12:00:00Z", "version": 1, "attempt": 1, "probePercent": 101 } ] }""")]
    [InlineData("position", """{ "overrides": [], "ramps": [ { "flag": "f", "reached": -1, "cause": "", "since": "2026-06-01T12:00:00Z", "attempt": 1 } ] }""")]
    public void DamagedMemberIsNoDocument(string damage, string document) =>
        ControlJson.Read(Encoding.UTF8.GetBytes(document)).Should().BeNull($"{damage} is damaged");

    [Fact]
    public void DocumentOfAnOlderVersionHasNone() =>
        ControlJson.Read("""{ "overrides": [] }"""u8.ToArray())!.Canary.Should().Be(CanaryState.None);

    [Fact]
    public async Task DamagedFileIsOneWarningAndNothingIsRestored()
    {
        await RunAsync(test => test.Client.Canary.Trip(Trip()));
        _disk.Put(_disk.Files.Single(file => file.EndsWith(".control", StringComparison.Ordinal)), "PDLKG1 nonsense"u8.ToArray(), _disk.Clock);
        await using var restarted = Client();

        await restarted.PlayAsync(Rules(1));

        restarted.Answer().Should().Be(("on", EvaluationReason.Default));
        restarted.Warnings.Should().ContainSingle().Which.Message.Should().Contain(".control");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TripOfTheLastRunThatComesLateHoldsUnlessItsFlagWasReset(bool isReset)
    {
        await RunAsync(test =>
        {
            test.Client.Canary.Trip(Trip());
            test.Client.Canary.Trip(Trip("latency"));
        });
        _disk.Freeze((operation, path) => operation == "Read" && path.EndsWith(".control", StringComparison.Ordinal));
        await using var test = Client().Start();
        await _disk.HangsAsync();
        test.StallDisk();
        await test.PlayWithoutDiskAsync(Rules(2));
        test.Answer().Variant.Should().Be("on");
        if (isReset)
            (await test.Control.ResetGuardsAsync("f", Ada)).Result.Should().Be(ControlResult.NothingToReset);
        var newer = Trip(second: 30) with { Served = "old" };
        test.Client.Canary.Trip(newer).Should().BeTrue();

        _disk.Thaw();
        await Until.HoldsAsync(() => test.Status.DiskStalledSince is null && _disk.Waiting == 0);
        await test.Client.FlushAsync();

        test.Client.Canary.Trips.Should().Equal(isReset ? [newer] : [newer, Trip("latency")]);
        test.Answer().Should().Be((isReset ? "old" : "off", EvaluationReason.Guarded));
    }

    [Fact]
    public async Task LateTripOfALowerAttemptThanTheRulesEndsAtOnce()
    {
        await RunAsync(test => test.Client.Canary.Trip(Trip()));
        _disk.Freeze((operation, path) => operation == "Read" && path.EndsWith(".control", StringComparison.Ordinal));
        await using var test = Client().Start();
        await _disk.HangsAsync();
        test.StallDisk();
        await test.PlayWithoutDiskAsync(Rules(2, attempt: 2));

        _disk.Thaw();
        await Until.HoldsAsync(() => test.Acts().Contains(ControlActKind.GuardClosed));

        test.Client.Canary.Trips.Should().BeEmpty();
        test.Answer().Should().Be(("on", EvaluationReason.Default));
    }

    [Fact]
    public async Task WithoutAFolderATripEndsWithTheProcess()
    {
        await using (var test = new ClientUnderTest())
        {
            await test.PlayAsync(Rules(1));
            test.Client.Canary.Trip(Trip()).Should().BeTrue();
            (await test.Control.ResetGuardsAsync("f", Ada)).Result.Should().Be(ControlResult.Done);
            test.Client.Canary.Trip(Trip()).Should().BeTrue();
        }

        await using var restarted = new ClientUnderTest();
        await restarted.PlayAsync(Rules(1));
        restarted.Answer().Variant.Should().Be("on");
    }

    [Fact]
    public async Task TripInTheSameInstantAsTheEndIsKeptOrRefused()
    {
        for (var run = 0; run < 60; run++)
        {
            using var disk = new PlayedDisk();
            var test = new ClientUnderTest(client => client.KeepLastKnownGoodIn("/kept"), files: disk);
            await test.PlayAsync(Rules(1));

            var tripping = Task.Run(() => test.Client.Canary.Trip(Trip()));
            await test.Client.DisposeAsync();

            (await tripping).Should().Be(disk.Stored(".control") is not null);
            test.Dispose();
        }
    }

    private string Kept() => Encoding.UTF8.GetString(_disk.Stored(".control")!.Texts[0].Bytes.Span);

    private ClientUnderTest Client() => new(client => client.KeepLastKnownGoodIn("/kept"), files: _disk);

    private Task RunAsync(Action<ClientUnderTest> act) => RunAsync(test =>
    {
        act(test);
        return Task.CompletedTask;
    });

    private async Task RunAsync(Func<ClientUnderTest, Task> act)
    {
        await using var test = Client();
        await test.PlayAsync(KeptRules(1));
        await act(test);
    }
}
