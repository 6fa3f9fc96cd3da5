using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>What was obeyed is on disk before the end is over, whenever it comes, if the disk answers.</summary>
public sealed class KeptAtTheEndTests : IDisposable
{
    private static readonly ControlAct Lasting = new("ada", "INC-1") { SurvivesRestart = true };

    private readonly PlayedDisk _disk = new();

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task KillRightBeforeTheEndIsKeptEachTime()
    {
        var lost = 0;
        for (var run = 0; run < 20; run++)
        {
            using var folder = new TempFolder();
            var test = new ClientUnderTest(client => client.KeepLastKnownGoodIn(folder.Path));
            await test.PlayAsync(Rules(1));
            test.Source.Then(Kill(2, "f", "off"));
            await Until.HoldsAsync(() => !test.IsOn);
            await test.DisposeAsync();

            await using var restarted = new ClientUnderTest(client => client.KeepLastKnownGoodIn(folder.Path));
            await restarted.PlayAsync(Throw(new SnapshotSourceException("Down.")));
            lost += restarted.IsOn ? 1 : 0;
        }

        lost.Should().Be(0);
    }

    [Fact]
    public async Task KillInTheSameInstantAsTheEndIsObeyedAndKeptOrNeither()
    {
        for (var run = 0; run < 60; run++)
        {
            using var disk = new PlayedDisk();
            var test = new ClientUnderTest(client => client.KeepLastKnownGoodIn("/kept"), files: disk);
            await test.PlayAsync(Rules(1));
            var isObeyed = false;
            test.Client.OnChange(change => isObeyed |= change.Cause?.Kind == SnapshotChangeKind.Kill);

            var ending = Task.Run(() => test.Client.DisposeAsync().AsTask());
            test.Source.Then(Kill(2, "f", "off"));
            await ending.WaitAsync(Until.Patience);

            if (Volatile.Read(ref isObeyed))
                disk.Stored(".kills").Should().NotBeNull();
            test.Dispose();
        }
    }

    [Theory]
    [InlineData("Write")]
    [InlineData("Flush")]
    [InlineData("Replace")]
    public async Task DiskThatWasFullAtTheKillAndIsWellAtTheEndHasIt(string failing)
    {
        var test = Client();
        await test.PlayAsync(Rules(1));
        _disk.Fault = (operation, _) => operation == failing ? new IOException("No space left on device.", 28) : null;
        await test.PlayAsync(Kill(2, "f", "off"));
        (await test.Control.OverrideAsync("g", "on", Lasting)).Result.Should().Be(ControlResult.DoneUntilRestart);
        _disk.Stored(".kills").Should().BeNull();

        _disk.Fault = (_, _) => null;
        await test.DisposeAsync();

        _disk.Stored(".kills")!.Texts.Should().HaveCount(1);
        _disk.Stored(".control").Should().NotBeNull();
        _disk.Files.Should().NotContain(file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DiskThatWasFullIsTriedAgainAtLaterTurnsAndNotAtEach()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1));
        _disk.Fault = (operation, _) => operation == "Write" ? new IOException("No space left on device.", 28) : null;
        await test.PlayWithoutDiskAsync(Kill(2, "f", "off"));
        await Until.HoldsAsync(() => test.Logs.GetSnapshot().Any(line => line.Id.Id == 403));
        var tried = _disk.Operations.Count(operation => operation == "Write .tmp");

        await test.PlayWithoutDiskAsync([.. Enumerable.Repeat(Kill(1, "f", "off"), 50)]);
        _disk.Operations.Count(operation => operation == "Write .tmp").Should().Be(tried, "the disk is not asked again at once");
        _disk.Fault = (_, _) => null;
        test.Time.Advance(TimeSpan.FromSeconds(1));
        await test.PlayWithoutDiskAsync(Kill(1, "f", "off"));

        await Until.HoldsAsync(() => _disk.Stored(".kills") is not null);
        test.Logs.GetSnapshot().Count(line => line.Id.Id == 403).Should().Be(1);
        await Until.HoldsAsync(() => test.Logs.GetSnapshot().Any(line => line.Id.Id == 402));
    }

    [Fact]
    public async Task KillDuringAPendingWriteIsInTheNextOne()
    {
        var test = Client();
        await test.PlayAsync(Rules(1));
        _disk.Freeze((operation, path) => operation == "Replace" && path.EndsWith(".kills", StringComparison.Ordinal));
        await test.PlayWithoutDiskAsync(Kill(2, "f", "off"));
        await _disk.HangsAsync();
        await test.PlayWithoutDiskAsync(Kill(3, "g", "off"));

        var ending = Task.WhenAll(test.Client.DisposeAsync().AsTask(), test.Client.DisposeAsync().AsTask());
        _disk.Thaw();
        await ending.WaitAsync(Until.Patience);
        await test.Client.DisposeAsync();

        _disk.Stored(".kills")!.Texts.Should().HaveCount(2);
        test.Dispose();
    }

    [Fact]
    public async Task ActWhileTheClientEndsIsKeptOrRefused()
    {
        for (var run = 0; run < 60; run++)
        {
            using var disk = new PlayedDisk();
            var test = new ClientUnderTest(client => client.KeepLastKnownGoodIn("/kept"), files: disk);
            await test.PlayAsync(Rules(1));

            var acting = Task.Run(() => test.Control.OverrideAsync("f", "off", Lasting));
            await test.Client.DisposeAsync();
            var isKeptAtTheEnd = disk.Stored(".control") is not null;
            var outcome = await acting.WaitAsync(Until.Patience);

            (outcome.Result is ControlResult.Done).Should().Be(isKeptAtTheEnd);
            (outcome.Result is ControlResult.Done or ControlResult.Closed).Should().BeTrue();
            test.Dispose();
        }
    }

    [Fact]
    public async Task SourceThatNeverEndsItsReadDoesNotKeepTheKillFromTheDisk()
    {
        var test = Client();
        await test.PlayAsync(Rules(1));
        _disk.Fault = (operation, _) => operation == "Write" ? new IOException("No space left on device.", 28) : null;
        await test.PlayAsync(Kill(2, "f", "off"));
        test.Source.Then(_ => new(new TaskCompletionSource<SnapshotReading>().Task));
        _disk.Fault = (_, _) => null;

        var ending = test.Client.DisposeAsync().AsTask();
        await Until.HoldsAsync(() => _disk.Stored(".kills") is not null);
        await test.Time.AdvanceUntilDoneAsync(ending, TimeSpan.FromSeconds(1));

        test.Warnings.Should().NotContain(line => line.Id.Id == 411);
        test.Dispose();
    }

    [Fact]
    public async Task KillThatEndedIsGoneFromTheDisk()
    {
        var test = new ClientUnderTest(client => client.KeepLastKnownGoodIn("/kept").Configure(options => options.HistoryLength = 1), files: _disk);
        await test.PlayAsync(Rules(1), Kill(2, "f", "off"));
        _disk.Stored(".kills")!.Texts.Should().HaveCount(1);

        await test.PlayWithoutDiskAsync(Rules(3));
        await test.DisposeAsync();

        _disk.Stored(".kills")!.Texts.Should().BeEmpty();
    }

    [Fact]
    public async Task OverrideAndHoldThatEndedAreGoneFromTheDisk()
    {
        var test = Client();
        await test.PlayAsync(Rules(1), Rules(2));
        await test.Control.StepBackAsync(Lasting with { ExpiresAfter = TimeSpan.FromMinutes(1) });
        await test.Control.OverrideAsync("f", "off", Lasting);
        await test.Control.OverrideAsync("g", "off", Lasting with { ExpiresAfter = TimeSpan.FromMinutes(1) });
        Kept().Should().Contain("\"hold\"").And.Contain("\"f\"").And.Contain("\"g\"");

        await test.Control.RemoveOverrideAsync("f", new("ada", "mended"));
        Kept().Should().Contain("\"hold\"").And.Contain("\"g\"").And.NotContain("\"flag\":\"f\"");
        test.Time.Advance(TimeSpan.FromMinutes(1));
        await Until.HoldsAsync(() => !test.Control.State.IsActive);
        await test.DisposeAsync();

        Kept().Should().NotContain("\"hold\"").And.NotContain("\"flag\"");

        string Kept() => System.Text.Encoding.UTF8.GetString(_disk.Stored(".control")!.Texts[0].Bytes.Span);
    }

    private static Turn Rules(long version) => Document(ClientUnderTest.Document(version));

    private ClientUnderTest Client() => new(client => client.KeepLastKnownGoodIn("/kept"), files: _disk);
}
