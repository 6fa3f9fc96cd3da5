using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.Faults.Disk;

/// <summary>Disks that hang: a file system that is frozen, and a file whose read never ends.</summary>
public sealed class FrozenDiskTests : DiskScenario
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly ControlAct Lasting = new("ada", "INC-1") { SurvivesRestart = true };

    [FreezeFact]
    [Scenario("D9")]
    public async Task D09_FrozenDiskStopsNothingAndIsWrittenWhenItThaws()
    {
        Directory.CreateDirectory(Kept);
        using var disk = new LoopDisk(Folder.File("image"), Kept);
        var source = new PlayedSource().Then(Document.Of(1));
        var subject = Client(flags => flags.From(_ => source).KeepLastKnownGoodIn(Kept)).Start();
        await Until.HoldsAsync(() => KeptFiles.Count == 1);
        disk.Freeze();

        source.Then(Document.Of(2)).Then(Document.Of(3, on: false));
        await subject.VersionAsync(3);
        var acting = subject.Services.GetRequiredService<ISnapshotControl>().OverrideAsync("f", "on", Lasting);
        Stall();
        subject.Status.DiskStalledSince.Should().NotBeNull();
        (await acting.WaitAsync(Until.Patience)).Result.Should().Be(ControlResult.DoneUntilRestart);
        source.Then(Document.Of(4, on: false));
        await subject.VersionAsync(4);

        subject.IsOn.Should().BeTrue();
        subject.Warnings.Select(line => line.Id.Name).Should().BeEquivalentTo("FlagOverridden", "DiskStalled");
        disk.Thaw();
        await Until.HoldsAsync(() => subject.Status.DiskStalledSince is null);
        await subject.DisposeAsync();
        subject.Logs.Should().ContainSingle(line => line.Id.Name == "DiskRecovered");
        var restarted = await RestartAsync(Kept);
        (restarted.Status.SnapshotVersion, restarted.IsOn).Should().Be((4, true));
    }

    [FreezeFact]
    [Scenario("D9")]
    public async Task D09_EndUnderAFrozenDiskTakesFiveSecondsAndSaysWhatMayBeLost()
    {
        Directory.CreateDirectory(Kept);
        using var disk = new LoopDisk(Folder.File("image"), Kept);
        var source = new PlayedSource().Then(Document.Of(1));
        var subject = Client(flags => flags.From(_ => source).KeepLastKnownGoodIn(Kept)).Start();
        await Until.HoldsAsync(() => KeptFiles.Count == 1);
        disk.Freeze();
        source.Then(Document.Of(2)).Then(Document.Of(3));
        // The turn of version 2 is over then, and its write hangs.
        await subject.VersionAsync(3);

        var ending = subject.DisposeAsync().AsTask();
        await Clock.TimerAsync(Limit);
        Clock.Advance(Limit - TimeSpan.FromMilliseconds(1));
        ending.IsCompleted.Should().BeFalse();
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        await ending.WaitAsync(Until.Patience);
        subject.Warnings.Should().ContainSingle(line => line.Id.Name == "EndedBeforeTheDisk");
        disk.Thaw();
        await Until.HoldsAsync(() => KeptFiles.Count > 1);
    }

    [LinuxFact]
    [Scenario("D10")]
    public async Task D10_KeptFileWhoseReadNeverEndsHoldsTheStartUpForFiveSeconds()
    {
        await LiveAsync(Kept, Document.Of(1));
        var file = KeptFiles[0];
        File.Delete(file);
        var pipe = new NamedPipe(file);

        var begin = Clock.GetUtcNow();
        DateTimeOffset? read = null;
        var source = new PlayedSource { Reading = () => read ??= Clock.GetUtcNow() }.Then(Document.Of(2));
        var subject = Client(flags => flags.From(_ => source).KeepLastKnownGoodIn(Kept)).Start();
        await Until.HoldsAsync(() => NamedPipe.IsAwaited);
        Stall();
        await subject.VersionAsync(2);

        read.Should().Be(begin + Limit);
        subject.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("DiskStalled");
        await pipe.ReleaseAsync();
        await Until.HoldsAsync(() => subject.Status.DiskStalledSince is null);
        subject.Status.State.Should().Be(FeatureClientState.Ready);
    }

    // What the client does goes by ticks of a second, and one longer step is one tick.
    private void Stall()
    {
        for (var passed = TimeSpan.Zero; passed < Limit; passed += TimeSpan.FromSeconds(1)) Clock.Advance(TimeSpan.FromSeconds(1));
    }
}
