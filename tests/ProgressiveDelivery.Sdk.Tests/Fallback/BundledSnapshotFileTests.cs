using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Fallback;

public sealed class BundledSnapshotFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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
    public async Task SignatureThatCannotBeReadIsNone()
    {
        Exception fault = new IOException("The disk is broken.");
        var files = new FakeFileSystem();
        files.Put("/flags.json", "{}"u8.ToArray());
        var reads = 0;
        files.AfterRead = () => reads++;
        files.Before = _ =>
        {
            if (reads > 0)
                throw fault;
        };

        (await new BundledSnapshotFile("/flags.json", 100, files).ReadAsync(default)).Texts.Should().ContainSingle().Which.Signature.Should().BeNull();
        (fault, reads) = (new OperationCanceledException(), 0);
        await new BundledSnapshotFile("/flags.json", 100, files).Invoking(async file => await file.ReadAsync(default)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task MissingFileIsToldWithItsPath()
    {
        var reading = await FileAt(_folder.File("flags.json")).ReadAsync(default);

        reading.Outcome.Should().Be(FallbackOutcome.Missing);
        reading.Message.Should().Be($"Bundled snapshot file '{_folder.File("flags.json")}' does not exist. Ship it with the application, or correct the path.");
    }

    [Fact]
    public async Task FolderInItsPlaceIsToldAsSuch()
    {
        Directory.CreateDirectory(_folder.File("flags.json"));

        var reading = await FileAt(_folder.File("flags.json")).ReadAsync(default);

        reading.Outcome.Should().Be(FallbackOutcome.Missing);
        reading.Message.Should().Be($"Bundled snapshot file '{_folder.File("flags.json")}' is a folder, not a file. Ship it with the application, or correct the path.");
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
        await File.WriteAllBytesAsync(_folder.File("flags.json"), new byte[100]);
        (await FileAt(_folder.File("flags.json")).ReadAsync(default)).Outcome.Should().Be(FallbackOutcome.Found);

        await File.WriteAllBytesAsync(_folder.File("flags.json"), new byte[101]);

        (await FileAt(_folder.File("flags.json")).ReadAsync(default)).Outcome.Should().Be(FallbackOutcome.TooLarge);
    }

    private static BundledSnapshotFile FileAt(string path) => new(path, 100, new DiskFileSystem());
}
