using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Health;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>A disk that hangs: everything goes on from memory, people are told once, and what was to be written is when it answers.</summary>
public sealed class FrozenDiskTests : IDisposable
{
    private static readonly Turn Down = Throw(new SnapshotSourceException("Down."));
    private static readonly ControlAct Lasting = new("ada", "INC-1") { SurvivesRestart = true };
    private static readonly ControlAct Passing = new("ada", "INC-1");

    private readonly PlayedDisk _disk = new();

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task PollsAndKillsGoOnWhileAWriteHangs()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1));
        _disk.Freeze();

        await test.PlayWithoutDiskAsync(Rules(2), Rules(3), Kill(4, "f", "off"), Rules(4));

        (test.Status.SnapshotVersion, test.IsOn).Should().Be((4, false));
        await _disk.HangsAsync();
        _disk.Waiting.Should().Be(1, "one thread hangs, however much is to be written");
        await ThawAsync(test);
        _disk.Stored(".snapshot")!.Version.Should().Be(4);
        _disk.Stored(".kills")!.Texts.Should().HaveCount(1);
    }

    [Fact]
    public async Task StatesThatCameWhileTheDiskWasBusyAreOneWrite()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1));
        _disk.Freeze();
        await test.PlayWithoutDiskAsync(Rules(2));
        await _disk.HangsAsync();

        await test.PlayWithoutDiskAsync([.. Enumerable.Range(3, 20).Select(version => Rules(version))]);
        await ThawAsync(test);

        _disk.Writes(".snapshot").Should().Be(3, "one each for version 1, version 2, and the last");
        _disk.Stored(".snapshot")!.Version.Should().Be(22);
        _disk.Operations.Count(operation => operation == "Look .snapshot").Should().BeLessThan(10, "a state that was overtaken costs the disk nothing");
    }

    [Fact]
    public async Task FrozenDiskIsOneWarningAndAStatusUntilItAnswers()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1));
        var begin = test.Time.GetUtcNow();
        _disk.Freeze();
        await test.PlayWithoutDiskAsync(Rules(2));
        await _disk.HangsAsync();
        test.Status.DiskStalledSince.Should().BeNull();

        test.StallDisk();
        await test.PlayWithoutDiskAsync(Rules(3), Rules(4), Current());
        test.StallDisk();

        test.Warnings.Should().ContainSingle().Which.Id.Id.Should().Be(409);
        test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, DiskStalledSince = begin });
        HealthReportText.Describe(test.Status, default).Should().Contain("has not answered since 2026-06-01 12:00:00Z");
        HealthReportText.Data(test.Status).Should().ContainKey("diskStalledSince");
        await ThawAsync(test);
        test.Status.DiskStalledSince.Should().BeNull();
        test.Logs.GetSnapshot().Should().ContainSingle(line => line.Id.Id == 410).Which.Level.Should().Be(LogLevel.Information);
        test.Warnings.Should().ContainSingle();
    }

    [Fact]
    public async Task DiskThatHangsAgainAndAgainIsNoFloodOfWarnings()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1));
        for (var version = 2; version <= 20; version++)
        {
            _disk.Freeze();
            await test.PlayWithoutDiskAsync(Rules(version));
            await _disk.HangsAsync();
            test.StallDisk();
            await ThawAsync(test);
        }

        test.Warnings.Should().HaveCount(3).And.OnlyContain(line => line.Id.Id == 409);
    }

    [Fact]
    public async Task ActIsInForceAtOnceAndSaysThatItIsNotOnDisk()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1), Rules(2, on: false));
        _disk.Freeze();

        var acting = test.Control.OverrideAsync("f", "on", Lasting);
        await _disk.HangsAsync();
        (test.IsOn, acting.IsCompleted).Should().Be((true, false));
        test.StallDisk();
        var outcome = await acting.WaitAsync(Until.Patience);
        var next = await test.Control.StepBackAsync(Lasting);

        outcome.Result.Should().Be(ControlResult.DoneUntilRestart);
        outcome.Message.Should().Contain("has not answered since 2026-06-01 12:00:00Z").And.Contain("It is written when the disk answers.");
        next.Result.Should().Be(ControlResult.DoneUntilRestart);
        await ThawAsync(test);
        await using var restarted = Client();
        await restarted.PlayAsync(Down);
        restarted.Status.Control.Should().BeEquivalentTo(new { Version = 1L, Overrides = new[] { new { Flag = "f", Variant = "on" } } });
    }

    [Fact]
    public async Task ActThatNoRestartIsToSurviveDoesNotWaitForTheDisk()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1), Rules(2, on: false));
        _disk.Freeze();
        await test.PlayWithoutDiskAsync(Rules(3, on: false));
        await _disk.HangsAsync();

        (await test.Control.OverrideAsync("f", "on", Passing)).Result.Should().Be(ControlResult.Done);
        (await test.Control.RemoveOverrideAsync("f", Passing)).Result.Should().Be(ControlResult.Done);
        (await test.Control.StepBackAsync(Passing)).Result.Should().Be(ControlResult.Done);
        (await test.Control.ReleaseAsync(Passing)).Result.Should().Be(ControlResult.Done);
    }

    [Theory]
    [InlineData("Find")]
    [InlineData("Look")]
    [InlineData("Read")]
    public async Task StartAsksTheSourceWhenAKeptFileDoesNotComeAndUsesNothingThatComesAfterIt(string operation)
    {
        await LiveAsync(Rules(5, on: false));
        _disk.Freeze((hanging, _) => hanging == operation);
        await using var test = Client().Start();
        await _disk.HangsAsync();

        test.Source.Reads.Should().Be(0);
        test.StallDisk();
        await test.PlayWithoutDiskAsync(Rules(4));
        test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, SnapshotVersion = 4L });
        await ThawAsync(test);

        (test.Status.SnapshotVersion, test.IsOn).Should().Be((4, true));
        test.Warnings.Should().ContainSingle().Which.Id.Id.Should().Be(409);
    }

    [Fact]
    public async Task KeptFileThatComesLateIsUsedWhereTheSourceHasGivenNothing()
    {
        await LiveAsync(Rules(5));
        _disk.Freeze((operation, _) => operation == "Read");
        await using var test = Client().Start();
        var ready = test.Client.WaitUntilReadyAsync(Timeout.InfiniteTimeSpan);
        await _disk.HangsAsync();
        test.StallDisk();
        await test.PlayWithoutDiskAsync(Down);
        test.Status.State.Should().Be(FeatureClientState.NotReady);

        _disk.Thaw();

        (await ready.WaitAsync(Until.Patience)).Should().BeEquivalentTo(new { State = FeatureClientState.Stale, SnapshotVersion = 5L, Origin = SnapshotOrigin.LastKnownGood });
        await test.PlayAsync(Rules(6, on: false));
        test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, SnapshotVersion = 6L });
    }

    [Fact]
    public async Task BundledFileServesWhileTheFolderHangsAndTheKeptOneStillOutranksIt()
    {
        await LiveAsync(Rules(5));
        _disk.Put("/bundled.json", System.Text.Encoding.UTF8.GetBytes(ClientUnderTest.Document(3, on: false)), _disk.Clock);
        _disk.Freeze((_, path) => path.Contains("kept", StringComparison.Ordinal));
        await using var test = new ClientUnderTest(client => client.KeepLastKnownGoodIn("/kept").FallBackToFile("/bundled.json"), files: _disk).Start();
        await _disk.HangsAsync();
        await Until.HoldsAsync(() => _disk.Operations.Contains("Read .json"));
        test.StallDisk();
        await test.PlayWithoutDiskAsync(Down);
        await Until.HoldsAsync(() => test.Status.SnapshotVersion == 3);
        test.Status.Origin.Should().Be(SnapshotOrigin.Bundled);

        await ThawAsync(test);

        test.Status.Should().BeEquivalentTo(new { SnapshotVersion = 5L, Origin = SnapshotOrigin.LastKnownGood });
    }

    [Fact]
    public async Task BundledFileThatHangsHoldsNothingUp()
    {
        await LiveAsync(Rules(5));
        _disk.Freeze((_, path) => path.Contains("bundled", StringComparison.Ordinal));
        await using var test = new ClientUnderTest(client => client.KeepLastKnownGoodIn("/kept").FallBackToFile("/bundled.json"), files: _disk).Start();
        await _disk.HangsAsync();
        await Until.HoldsAsync(() => test.Status.SnapshotVersion == 5);
        await test.Client.FlushAsync();
        test.StallDisk();

        await test.PlayWithoutDiskAsync(Down, Rules(6, on: false));

        test.Status.Should().BeEquivalentTo(new { SnapshotVersion = 6L, DiskStalledSince = (DateTimeOffset?)null });
        test.Warnings.Should().ContainSingle(line => line.Id.Id == 409).Which.Message.Should().Contain("bundled.json");
    }

    [Fact]
    public async Task KillsThatComeLateActAndAreNotWrittenOver()
    {
        await LiveAsync(Rules(5), Kill(6, "f", "off"));
        _disk.Freeze((operation, path) => operation == "Read" && path.EndsWith(".kills", StringComparison.Ordinal));
        await using var test = Client().Start();
        await _disk.HangsAsync();
        test.StallDisk();
        await test.PlayWithoutDiskAsync(Rules(5), Kill(6, "g", "off"));
        test.IsOn.Should().BeTrue();

        await ThawAsync(test);

        test.IsOn.Should().BeFalse();
        _disk.Stored(".kills")!.Texts.Should().HaveCount(2);
    }

    [Fact]
    public async Task ActsOfTheLastRunThatComeLateHoldUnlessThereIsANewerOne()
    {
        await LiveAsync(async test =>
        {
            await test.Control.OverrideAsync("f", "on", Lasting);
            await test.Control.OverrideAsync("g", "on", Lasting);
            await test.Control.OverrideAsync("h", "on", Lasting);
        });
        _disk.Freeze((operation, path) => operation == "Read" && path.EndsWith(".control", StringComparison.Ordinal));
        await using var test = Client().Start();
        var acting = test.Control.OverrideAsync("g", "off", Lasting);
        await _disk.HangsAsync();
        test.StallDisk();
        (await acting.WaitAsync(Until.Patience)).Result.Should().Be(ControlResult.DoneUntilRestart);
        (await test.Control.RemoveOverrideAsync("h", Passing)).Result.Should().Be(ControlResult.NotOverridden);

        await ThawAsync(test);

        test.Control.State.Overrides.Select(put => (put.Flag, put.Variant)).Should().Equal(("f", "on"), ("g", "off"));
        await using var restarted = Client();
        await restarted.PlayAsync(Down);
        restarted.Control.State.Overrides.Select(put => (put.Flag, put.Variant)).Should().Equal(("f", "on"), ("g", "off"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HoldOfTheLastRunThatComesLateHoldsUnlessItWasReleased(bool isReleased)
    {
        await LiveAsync(test => test.Control.StepBackAsync(Lasting));
        _disk.Freeze((operation, path) => operation == "Read" && path.EndsWith(".control", StringComparison.Ordinal));
        await using var test = Client().Start();
        await _disk.HangsAsync();
        test.StallDisk();
        await test.PlayWithoutDiskAsync(Rules(3, on: false));
        if (isReleased)
            (await test.Control.ReleaseAsync(Passing)).Result.Should().Be(ControlResult.NotHeld);

        await ThawAsync(test);

        (test.Status.SnapshotVersion, test.IsOn, test.Status.State).Should().Be((isReleased ? 3 : 1, !isReleased, FeatureClientState.Ready));
        test.Control.History.Select(entry => entry.Version).Should().BeInDescendingOrder();
        await test.PlayAsync(Rules(4, on: false));
        await test.Control.ReleaseAsync(Passing);
        test.Status.SnapshotVersion.Should().Be(4);
    }

    [Theory]
    [InlineData("override")]
    [InlineData("hold")]
    [InlineData("guard")]
    public async Task ActThatEndedWhatCameLateOutlivesTheNextRestartToo(string act)
    {
        await LiveAsync(async test => _ = act switch
        {
            "override" => (await test.Control.OverrideAsync("f", "on", Lasting)).IsDone,
            "hold" => (await test.Control.StepBackAsync(Lasting)).IsDone,
            _ => test.Client.Canary.Trip(Guarded.Trip()),
        });
        _disk.Freeze((operation, path) => operation == "Read" && path.EndsWith(".control", StringComparison.Ordinal));
        await using (var test = Client().Start())
        {
            await _disk.HangsAsync();
            test.StallDisk();
            await test.PlayWithoutDiskAsync(Rules(3, on: false));
            var ended = await (act switch
            {
                "override" => test.Control.RemoveOverrideAsync("f", Passing),
                "hold" => test.Control.ReleaseAsync(Passing),
                _ => test.Control.ResetGuardsAsync("f", Passing),
            });
            ended.Result.Should().BeOneOf(ControlResult.NotOverridden, ControlResult.NotHeld, ControlResult.NothingToReset);
            await ThawAsync(test);
            test.Status.Should().BeEquivalentTo(new { SnapshotVersion = 3L, Control = (object?)null });
        }

        await using var restarted = Client();
        await restarted.PlayAsync(Down);

        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 3L, Control = (object?)null });
        restarted.Control.AuditTrail.Should().BeEmpty();
    }

    [Fact]
    public async Task EndWaitsForTheDiskForFiveSecondsAtMostAndSaysWhatMayBeLost()
    {
        var test = Client();
        await test.PlayAsync(Rules(1));
        _disk.Freeze();
        await test.PlayWithoutDiskAsync(Kill(2, "f", "off"));
        await _disk.HangsAsync();

        var ending = test.Client.DisposeAsync().AsTask();
        await Until.HoldsAsync(() => test.Source.IsClosed);
        ending.IsCompleted.Should().BeFalse();
        test.StallDisk();
        await ending.WaitAsync(Until.Patience);

        test.Warnings.Select(line => line.Id.Id).Should().BeEquivalentTo([511, 409, 411]);
        await ThawAsync(test);
        await Until.HoldsAsync(() => _disk.Stored(".kills") is not null);
        _disk.Stored(".kills")!.Texts.Should().HaveCount(1, "what the disk takes later is written all the same");
        test.Dispose();
    }

    private async Task ThawAsync(ClientUnderTest test)
    {
        _disk.Thaw();
        await Until.HoldsAsync(() => test.Status.DiskStalledSince is null && _disk.Waiting == 0);
        await test.Client.FlushAsync();
    }

    private static Turn Rules(long version, bool on = true) => Document(ClientUnderTest.Document(version, on));

    private ClientUnderTest Client() => new(client => client.KeepLastKnownGoodIn("/kept"), files: _disk);

    private async Task LiveAsync(params Turn[] turns)
    {
        await using var test = Client();
        await test.PlayAsync(turns);
    }

    private async Task LiveAsync(Func<ClientUnderTest, Task> act)
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1), Rules(2, on: false));
        await act(test);
    }
}
