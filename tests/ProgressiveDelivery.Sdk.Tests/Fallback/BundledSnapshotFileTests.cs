using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Fallback;

public sealed class BundledSnapshotFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RelativePathStartsAtTheApplicationsFolder() =>
        FileAt("flags.json").Path.Should().Be(Path.Combine(AppContext.BaseDirectory, "flags.json"));

    [Fact]
    public async Task ItsExactBytesAreGiven()
    {
        await File.WriteAllTextAsync(_folder.File("flags.json"), """{"version": 1} """);

        var reading = await FileAt(_folder.File("flags.json")).ReadAsync(default);

        reading.Outcome.Should().Be(FallbackOutcome.Found);
        reading.Document.ToArray().Should().Equal("""{"version": 1} """u8.ToArray());
    }

    [Theory]
    [InlineData("key=k, sig=AAAA\n", "k")]
    [InlineData("nonsense", null)]
    [InlineData(null, null)]
    public async Task SignatureIsTakenFromBesideIt(string? signature, string? key)
    {
        await File.WriteAllTextAsync(_folder.File("flags.json"), "{}");
        if (signature is not null)
            await File.WriteAllTextAsync(_folder.File("flags.json.sig"), signature);

        var read = (await FileAt(_folder.File("flags.json")).ReadAsync(default)).Texts.Single().Signature?.KeyId;

        read.Should().Be(key);
    }

    [Fact]
    public async Task MissingFileIsToldWithItsPath()
    {
        var reading = await FileAt(_folder.File("flags.json")).ReadAsync(default);

        reading.Outcome.Should().Be(FallbackOutcome.Missing);
        reading.Message.Should().Be($"Bundled snapshot file '{_folder.File("flags.json")}' does not exist.");
    }

    [Fact]
    public async Task EmptyFileIsCorrupt()
    {
        await File.WriteAllTextAsync(_folder.File("flags.json"), "");

        (await FileAt(_folder.File("flags.json")).ReadAsync(default)).Outcome.Should().Be(FallbackOutcome.Corrupt);
    }

    [Fact]
    public async Task FileOverTheLimitIsNotRead()
    {
        await File.WriteAllBytesAsync(_folder.File("flags.json"), new byte[101]);

        (await FileAt(_folder.File("flags.json")).ReadAsync(default)).Outcome.Should().Be(FallbackOutcome.TooLarge);
    }

    private static BundledSnapshotFile FileAt(string path) => new(path, 100, new DiskFileSystem());
}
