using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Faults.Disk;

/// <summary>A file that others replace, in whatever way: what is in force was whole, and the final state wins.</summary>
public sealed class WatchedFileTests : FaultScenario
{
    private const int Writes = 100;

    [Fact]
    [Scenario("D7")]
    public async Task D07_FileThatIsHalfWrittenIsNotTakenUntilItIsWhole()
    {
        var path = Folder.File("flags.json");
        await File.WriteAllTextAsync(path, Document.Of(1));
        var subject = Watch(path);
        await subject.VersionAsync(1);

        // Grows between any two looks; a look comes at each pause.
        var next = Document.Of(2, on: false);
        var file = File.CreateText(path);
        await using (file)
        {
            foreach (var part in next.Chunk(1 + (next.Length / 5)))
            {
                var pause = await Clock.PauseAsync();
                subject.Status.SnapshotVersion.Should().Be(1);
                await file.WriteAsync(part);
                await file.FlushAsync();
                Clock.Advance(pause);
            }
        }

        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);
        subject.Status.State.Should().Be(FeatureClientState.Ready);
        subject.Warnings.Should().BeEmpty();
    }

    [Fact]
    [Scenario("D7")]
    public async Task D07_FileThatIsRenamedOverIsTaken()
    {
        var path = Folder.File("flags.json");
        await File.WriteAllTextAsync(path, Document.Of(1));
        var subject = Watch(path);
        await subject.VersionAsync(1);

        for (var version = 2; version <= 10; version++)
        {
            await File.WriteAllTextAsync(Folder.File("next"), Document.Of(version));
            File.Move(Folder.File("next"), path, overwrite: true);
            await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == version);
        }

        subject.Warnings.Should().BeEmpty();
    }

    [Fact]
    [Scenario("D7")]
    public async Task D07_FileThatIsEditedWithoutAVersionIsTaken()
    {
        var path = Folder.File("flags.json");
        await File.WriteAllTextAsync(path, Versionless(on: true));
        var subject = Watch(path);
        await Clock.SkipPausesUntilAsync(() => subject.IsOn);

        await File.WriteAllTextAsync(path, Versionless(on: false));
        await Clock.SkipPausesUntilAsync(() => !subject.IsOn);

        Complaints(subject).Should().BeEmpty();
    }

    [Theory]
    [Scenario("D7")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task D07_FileOfTheSameLengthAndTimeIsTaken(bool isRenamed)
    {
        var path = Folder.File("flags.json");
        Put(path, on: true);
        var subject = Watch(path);
        await Clock.SkipPausesUntilAsync(() => subject.IsOn);
        for (var poll = 0; poll < 3; poll++) Clock.Advance(await Clock.PauseAsync());

        Put(isRenamed ? Folder.File("next") : path, on: false);
        if (isRenamed) File.Move(Folder.File("next"), path, overwrite: true);
        await Clock.SkipPausesUntilAsync(() => !subject.IsOn);

        Complaints(subject).Should().BeEmpty();

        static void Put(string path, bool on)
        {
            File.WriteAllText(path, Versionless(on));
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        }
    }

    [Fact]
    [Scenario("D7")]
    public async Task D07_FolderWhoseLinkIsSwappedIsFollowed()
    {
        Mount(1);
        var subject = Watch(Link("flags.json", Path.Combine("..data", "flags.json")));
        await subject.VersionAsync(1);

        for (var version = 2; version <= 10; version++)
        {
            Mount(version);
            Directory.Delete(Folder.File($"..{version - 1}"), recursive: true);
            await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == version);
        }

        subject.Warnings.Should().BeEmpty();
    }

    [Fact]
    [Scenario("D7")]
    public async Task D07_ManyWritesEndInTheLastOne()
    {
        var path = Folder.File("flags.json");
        await File.WriteAllTextAsync(path, Document.Of(1));
        var subject = Watch(path);
        await subject.VersionAsync(1);

        // Each is emptied, half written and completed; a look comes after some of these steps.
        var random = new Random(1);
        for (var step = 3; step < 3 * Writes;)
        {
            var pause = await Clock.PauseAsync();
            for (var more = random.Next(1, 4); more > 0 && step < 3 * Writes; more--, step++)
            {
                var text = Document.Of(1 + (step / 3));
                await File.WriteAllTextAsync(path, text[..(text.Length * (step % 3) / 2)]);
            }

            Clock.Advance(pause);
        }

        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == Writes);
        subject.Status.State.Should().Be(FeatureClientState.Ready);
    }

    // The prober asks for a flag that says its snapshot's version, which people's files do not have.
    private static IEnumerable<string> Complaints(Subject subject) =>
        subject.Warnings.Select(line => line.Message).Where(message => !message.StartsWith("Flag 'version' is not in snapshot", StringComparison.Ordinal));

    // As people edit it: with a comment and a comma too many, and of the same length whatever it says.
    private static string Versionless(bool on) => $$"""
        {"schema": "progressive-delivery/1", // without a version
         "flags": {"f": {{(on ? "true " : "false")}}, } }
        """;

    private Subject Watch(string path) => Client(flags => flags.FromFile(path)).Start();

    // As an orchestrator mounts its configuration: a folder for each state, and a link that is renamed over the one before.
    private void Mount(int version)
    {
        var folder = Directory.CreateDirectory(Folder.File($"..{version}")).FullName;
        File.WriteAllText(Path.Combine(folder, "flags.json"), Document.Of(version));
        using var rename = Process.Start("mv", ["-T", Link("..next", folder), Folder.File("..data")]);
        rename.WaitForExit();
        rename.ExitCode.Should().Be(0);
    }

    private string Link(string name, string target) => File.CreateSymbolicLink(Folder.File(name), target).FullName;
}
