using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace ProgressiveDelivery.Sdk.Faults.Disk;

/// <summary>A folder that cannot be used costs one warning; flags are served from memory, and a folder that is well again is used again.</summary>
public sealed class UnusableFolderTests : DiskScenario
{
    [MountFact]
    [Scenario("D3")]
    public async Task D03_FullDiskIsOneWarningAndTheOlderGenerationStays()
    {
        Directory.CreateDirectory(Kept);
        using var disk = new SmallDisk(Kept, "size=64k");
        await LiveAsync(Kept, Document.Of(1));

        var bulk = new string('x', 100_000);
        var subject = await LiveAsync(Kept, Document.Of(2, more: Bulk(bulk)), Document.Of(3, more: Bulk(bulk)));
        ShouldWarnOnce(subject);

        (await RestartAsync(Kept)).Status.SnapshotVersion.Should().Be(1);
    }

    [MountFact]
    [Scenario("D3")]
    public async Task D03_ReadOnlyDiskIsOneWarningAndIsUsedAgainWhenItIsWell()
    {
        Directory.CreateDirectory(Kept);
        using var disk = new SmallDisk(Kept, "size=1m");
        await LiveAsync(Kept, Document.Of(1));
        disk.MakeReadOnly();

        var source = new PlayedSource().Then(Document.Of(2)).Then(Document.Of(3));
        var subject = Client(flags => flags.From(_ => source).KeepLastKnownGoodIn(Kept)).Start();
        await Until.HoldsAsync(() => source.Reads == 3 && subject.Warnings.Any(IsOfWriting));
        ShouldWarnOnce(subject);
        disk.MakeWritable();
        source.Then(Document.Of(4));
        await Until.HoldsAsync(() => source.Reads == 4);
        await subject.DisposeAsync();

        subject.Logs.Should().ContainSingle(line => line.Id.Name == "LastKnownGoodRecovered");
        (await RestartAsync(Kept)).Status.SnapshotVersion.Should().Be(4);
    }

    [Theory]
    [Scenario("D3")]
    [InlineData("a file, where a folder should be")]
    [InlineData("below a file")]
    [InlineData("a path that is too long")]
    [InlineData("a name that is too long")]
    [InlineData("a folder of the kernel's")]
    public async Task D03_PlaceThatIsNoFolderIsOneWarning(string kind)
    {
        var folder = Place(kind);

        var subject = await LiveAsync(folder, Document.Of(1), Document.Of(2), Document.Of(3));
        ShouldWarnOnce(subject);

        var restarted = await RestartAsync(folder);
        restarted.Status.State.Should().Be(FeatureClientState.NotReady);
    }

    [Theory]
    [Scenario("D3")]
    [InlineData("plain")]
    [InlineData("../../../../escape")]
    [InlineData("/etc/passwd")]
    [InlineData("a/b\\c:d*e?f")]
    [InlineData("CON")]
    [InlineData("Ünïcødé ⚑")]
    [InlineData(".")]
    [InlineData("a name of more characters than a file may have: 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task D03_NoClientsNameLeavesTheFolder(string name)
    {
        var source = new PlayedSource().Then(Document.Of(1));
        var subject = Client(
            flags => flags.FromDocument(Document.Of(1)),
            services: services => services.AddProgressiveDelivery(name, flags => flags.From(_ => source).KeepLastKnownGoodIn(Kept)));
        await subject.Services.GetRequiredKeyedService<IFeatureClient>(name).WaitUntilReadyAsync();
        await Until.HoldsAsync(() => source.Reads == 2 && Directory.Exists(Kept) && Directory.GetFiles(Kept, "*.snapshot").Length > 0);

        Directory.GetFiles(Folder.Path, "*", SearchOption.AllDirectories).Should().ContainSingle()
            .Which.Should().StartWith(Kept + Path.DirectorySeparatorChar);
        subject.Warnings.Should().BeEmpty();
    }

    private string Place(string kind)
    {
        var file = Folder.File("file");
        File.WriteAllText(file, "");
        return kind switch
        {
            "a file, where a folder should be" => file,
            "below a file" => Path.Combine(file, "kept"),
            "a path that is too long" => string.Join('/', Enumerable.Repeat(Folder.Path, 300)),
            "a name that is too long" => Folder.File(new string('n', 300)),
            _ => "/proc/progressive-delivery",
        };
    }

    private static string Bulk(string text) => $"\"comment\": \"{text}\", ";

    private static void ShouldWarnOnce(Subject subject)
    {
        subject.Status.SnapshotVersion.Should().BeOneOf(0, 3);
        subject.Warnings.Should().ContainSingle(line => IsOfWriting(line));
    }

    private static bool IsOfWriting(FakeLogRecord line) => line.Id.Name == "LocalFileFault" && line.Message.Contains("written", StringComparison.Ordinal);
}
