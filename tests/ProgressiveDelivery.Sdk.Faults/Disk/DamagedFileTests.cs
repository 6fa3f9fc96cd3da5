namespace ProgressiveDelivery.Sdk.Faults.Disk;

/// <summary>What a disk gives back is checked before it is believed.</summary>
public sealed class DamagedFileTests : DiskScenario
{
    private static readonly Dictionary<string, Func<byte[], byte[]>> Damages = new()
    {
        ["empty"] = _ => [],
        ["cut in its first line"] = file => file[..20],
        ["cut after its first line"] = file => file[..(Array.IndexOf(file, (byte)'\n') + 1)],
        ["cut in the middle"] = file => file[..(file.Length / 2)],
        ["one byte short"] = file => file[..^1],
        ["zeros"] = file => new byte[file.Length],
        ["zeros at the end"] = file => [.. file[..^64], .. new byte[64]],
        ["a bit of the first line flipped"] = file => Flipped(file, 10),
        ["a bit of the document flipped"] = file => Flipped(file, file.Length - 40),
        ["grown"] = file => [.. file, .. "}"u8],
        ["something else"] = _ => [.. "{\"schema\": \"progressive-delivery/1\", \"version\": 99, \"flags\": {}}"u8],
    };

    public static TheoryData<string> Kinds => [.. Damages.Keys];

    [Theory]
    [Scenario("D2")]
    [MemberData(nameof(Kinds))]
    public async Task D02_DamagedFilesAreOneWarningAndTheBundledOneServes(string kind)
    {
        await File.WriteAllTextAsync(Folder.File("bundled.json"), Document.Of(1));
        await LiveAsync(Kept, Document.Of(2, on: false), Document.Of(3, on: false));
        foreach (var file in KeptFiles) await File.WriteAllBytesAsync(file, Damages[kind](await File.ReadAllBytesAsync(file)));

        var restarted = await RestartAsync(Kept, flags => flags.FallBackToFile(Folder.File("bundled.json")));

        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 1L, Origin = SnapshotOrigin.Bundled, State = FeatureClientState.Stale });
        restarted.IsOn.Should().BeTrue();
        restarted.Warnings.Select(line => line.Id.Name).Should().BeEquivalentTo("GenerationsSkipped", "OutageBegan");
    }

    [Theory]
    [Scenario("D2")]
    [MemberData(nameof(Kinds))]
    public async Task D02_DamagedFileIsOneWarningAndTheGenerationBeforeServes(string kind)
    {
        await LiveAsync(Kept, Document.Of(2));
        await LiveAsync(Kept, Document.Of(3, on: false));
        var newest = KeptFiles.Order(StringComparer.Ordinal).Last();
        await File.WriteAllBytesAsync(newest, Damages[kind](await File.ReadAllBytesAsync(newest)));

        var restarted = await RestartAsync(Kept);

        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 2L, Origin = SnapshotOrigin.LastKnownGood, State = FeatureClientState.Stale });
        restarted.IsOn.Should().BeTrue();
        restarted.Warnings.Select(line => line.Id.Name).Should().BeEquivalentTo("GenerationsSkipped", "OutageBegan");
    }

    private static byte[] Flipped(byte[] file, int at)
    {
        var flipped = (byte[])file.Clone();
        flipped[at] ^= 1;
        return flipped;
    }
}
