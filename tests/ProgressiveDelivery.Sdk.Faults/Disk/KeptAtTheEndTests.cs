using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Faults.Disk;

/// <summary>What was obeyed is on the disk when the end is over, and holds after the restart.</summary>
public sealed class KeptAtTheEndTests : DiskScenario
{
    private const int Runs = 20;
    private const int Flood = 20_000;

    [Fact]
    [Scenario("D11")]
    public async Task D11_KillRightBeforeTheEndHoldsAfterTheRestartEachTime()
    {
        for (var run = 0; run < Runs; run++)
        {
            var (feed, folder) = (new EventFeed(), Folder.File($"run-{run}"));
            Server.Then(feed.Event("snapshot", Document.Of(1).OneLine()).Reply()).Otherwise(Reply.Status("503 Service Unavailable"));
            var subject = Follow(client: flags => flags.KeepLastKnownGoodIn(folder));
            await Until.HoldsAsync(() => subject.IsOn);    // the status shows a version a moment before it answers

            feed.Event("kill", Kill(2, "f"));
            await Until.HoldsAsync(() => !subject.IsOn);
            await subject.DisposeAsync();

            var restarted = Follow(client: flags => flags.KeepLastKnownGoodIn(folder));
            await restarted.OutageAsync();
            (restarted.Status.SnapshotVersion, restarted.IsOn).Should().Be((1, false));
            await restarted.DisposeAsync();
        }
    }

    [MountFact]
    [Scenario("D11")]
    public async Task D11_DiskThatWasFullAtTheKillAndIsWellAtTheEndHasIt()
    {
        Directory.CreateDirectory(Kept);
        using var disk = new SmallDisk(Kept, "size=64k");
        var feed = new EventFeed();
        Server.Then(feed.Event("snapshot", Document.Of(1).OneLine()).Reply()).Otherwise(Reply.Status("503 Service Unavailable"));
        var subject = Follow(client: flags => flags.KeepLastKnownGoodIn(Kept));
        await Until.HoldsAsync(() => subject.IsOn && KeptFiles.Count == 1);
        Fill(Path.Combine(Kept, "filler"));

        feed.Event("kill", Kill(2, "f"));
        await Until.HoldsAsync(() => subject.Warnings.Any(line => line.Id.Name == "LocalFileFault"));
        subject.IsOn.Should().BeFalse();
        File.Delete(Path.Combine(Kept, "filler"));
        await subject.DisposeAsync();

        var restarted = Follow(client: flags => flags.KeepLastKnownGoodIn(Kept));
        await restarted.OutageAsync();
        restarted.IsOn.Should().BeFalse();
    }

    [Fact]
    [Scenario("D12")]
    public async Task D12_KillAfterAFloodOfOthersActsAndFloodsNoLog()
    {
        var feed = new EventFeed();
        Server.Then(feed.Event("snapshot", Document.Of(1).OneLine()).Reply());
        var subject = Follow(stream => stream.HeartbeatTimeout = TimeSpan.FromHours(1), flags => flags.KeepLastKnownGoodIn(Kept));
        await Until.HoldsAsync(() => subject.IsOn);    // the status shows a version a moment before it answers

        var flood = new StringBuilder();
        for (var i = 0; i < Flood; i++) flood.Append("event: kill\ndata: ").Append(Kill(2, $"unknown-{i}")).Append("\n\n");
        feed.Send(flood.ToString()).Event("kill", Kill(2, "f"));
        await Until.HoldsAsync(() => !subject.IsOn);
        await Until.HoldsAsync(() => subject.Warnings.Any(line => line.Id.Name == "FlagKilled"));    // the log says it after the kill is in force
        await subject.DisposeAsync();

        subject.Warnings.Select(line => line.Id.Name).Should().BeEquivalentTo("KillWithoutEffect", "MoreKillsWithoutEffect", "UnknownKillsForgotten", "FlagKilled");
        subject.Logs.Should().HaveCountLessThan(20);
    }

    [Fact]
    [Scenario("D12")]
    public async Task D12_KillAfterAFloodOfKillsThatChangeAnswersActsToo()
    {
        const int count = 2_000;
        var feed = new EventFeed();
        var others = string.Concat(Enumerable.Range(0, count).Select(i => Document.Flag($"flag-{i}") + ", "));
        Server.Then(feed.Event("snapshot", Document.Of(1, flags: others).OneLine()).Reply());
        var subject = Follow(stream => stream.HeartbeatTimeout = TimeSpan.FromHours(1), flags => flags.KeepLastKnownGoodIn(Kept));
        await Until.HoldsAsync(() => subject.IsOn);

        var flood = new StringBuilder();
        for (var i = 0; i < count; i++) flood.Append("event: kill\ndata: ").Append(Kill(2, $"flag-{i}")).Append("\n\n");
        feed.Send(flood.ToString()).Event("kill", Kill(2, "f"));
        await Until.HoldsAsync(() => !subject.IsOn);
        Enumerable.Range(0, count).Should().OnlyContain(i => !subject.Client.IsEnabled($"flag-{i}", EvaluationContext.Empty), "they came before");
        await subject.DisposeAsync();

        subject.Warnings.Select(line => line.Id.Name).Distinct().Should().BeEquivalentTo("FlagKilled", "MoreFlagsKilled");
        subject.Logs.Should().HaveCountLessThan(30);
    }

    [Fact]
    [Scenario("D13")]
    public async Task D13_HoldOutranksTheExpiryOfItsSnapshotAfterARestart()
    {
        var source = new PlayedSource().Then(Document.Of(1, more: "\"expiresAt\": \"2026-06-01T13:00:00Z\", ")).Then(Document.Of(2, on: false));
        var subject = Client(flags => flags.From(_ => source).KeepLastKnownGoodIn(Kept)).Start();
        await subject.VersionAsync(2);
        await subject.Services.GetRequiredService<ISnapshotControl>().StepBackAsync(new("ada", "INC-1") { SurvivesRestart = true });
        await subject.DisposeAsync();
        Clock.Advance(TimeSpan.FromHours(2));

        var restarted = await RestartAsync(Kept);

        restarted.IsOn.Should().BeTrue();
        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 1L, Cause = new { Kind = FeatureClientFaultKind.Expired } });
        restarted.Warnings.Should().ContainSingle(line => line.Id.Name == "HeldSnapshotExpired");
    }

    [Fact]
    [Scenario("D14")]
    public async Task D14_WhatDeadWritersLeftIsSweptAtEachStartAndYoungFilesStay()
    {
        await LiveAsync(Kept, Document.Of(1));
        var stem = Path.GetFileName(KeptFiles[0]).Split('.')[0];
        var (dead, living) = (Path.Combine(Kept, stem + ".kills.0.tmp"), Path.Combine(Kept, stem + ".kills.1.tmp"));
        foreach (var file in new[] { dead, living }) await File.WriteAllTextAsync(file, "half");
        File.SetLastWriteTimeUtc(dead, Clock.GetUtcNow().UtcDateTime.AddHours(-2));
        File.SetLastWriteTimeUtc(living, Clock.GetUtcNow().UtcDateTime.AddMinutes(-1));

        await RestartAsync(Kept);

        await Until.HoldsAsync(() => !File.Exists(dead));
        File.Exists(living).Should().BeTrue();
    }

    [FreezeFact]
    [Scenario("D1")]
    public async Task D01_WhatIsKeptIsOnTheDeviceAndNotOnlyInTheCache()
    {
        const string Mark = "this-is-on-the-device";
        Directory.CreateDirectory(Kept);
        using var disk = new LoopDisk(Folder.File("image"), Kept);

        await LiveAsync(Kept, Document.Of(1, more: $"\"environment\": \"{Mark}\", "));

        (await File.ReadAllBytesAsync(Folder.File("image"))).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Mark)).Should().BePositive();
    }

    [Fact]
    [Scenario("D3")]
    public async Task D03_FolderThatIsDeletedUnderTheClientIsMadeAnew()
    {
        var source = new PlayedSource().Then(Document.Of(1));
        var subject = Client(flags => flags.From(_ => source).KeepLastKnownGoodIn(Kept)).Start();
        await Until.HoldsAsync(() => Directory.Exists(Kept) && KeptFiles.Count == 1);
        Directory.Delete(Kept, recursive: true);

        source.Then(Document.Of(2));
        await subject.VersionAsync(2);
        await subject.DisposeAsync();

        (await RestartAsync(Kept)).Status.SnapshotVersion.Should().Be(2);
        subject.Warnings.Should().BeEmpty();
    }

    private static string Kill(long version, string flag) => $$"""{"version": {{version}}, "flag": "{{flag}}", "variant": "off"}""";

    private static void Fill(string path)
    {
        try
        {
            using var file = File.Create(path);
            while (true) file.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // It is full.
        }
    }
}
