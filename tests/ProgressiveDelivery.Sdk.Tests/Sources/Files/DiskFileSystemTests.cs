using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Files;

public sealed class DiskFileSystemTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task BytesAreFlushedWhenAllAreWrittenAndBeforeTheFileIsPutInPlace()
    {
        var flushed = new List<(long Length, bool IsInPlace)>();
        var file = FileOn(new(handle => flushed.Add((RandomAccess.GetLength(handle), File.Exists(_folder.File("lkg"))))));

        await file.WriteAsync(1, "{}"u8.ToArray(), default);

        flushed.Should().Equal((new FileInfo(file.Path).Length, false));
    }

    [Fact]
    public async Task DiskThatIsFullOnlyWhenItIsFlushedCostsNothingThatWasThere()
    {
        await FileOn(new()).WriteAsync(1, "1"u8.ToArray(), default);

        var writing = await FileOn(new(_ => throw new IOException("No space left on device.", 28))).WriteAsync(2, "2"u8.ToArray(), default);

        writing.Fault.Should().Contain("No space left on device.");
        Directory.GetFiles(_folder.Path).Should().Equal(_folder.File("lkg"));
        (await FileOn(new()).ReadAsync(default)).Document.ToArray().Should().Equal("1"u8.ToArray());
    }

    [Fact]
    public void EveryCallIsOverWhenItReturns()
    {
        var files = new DiskFileSystem();

        var writing = files.WriteAsync(_folder.File("file"), ["bytes"u8.ToArray()], default);
        var reading = files.ReadAsync(_folder.File("file"), 100, default);

        (writing.IsCompletedSuccessfully, reading.IsCompletedSuccessfully).Should().Be((true, true), "a disk that hangs holds up the thread that called it, and none of the pool");
    }

    [Fact]
    public async Task FolderThatIsDeletedUnderTheWriterIsMadeAnew()
    {
        var file = new LastKnownGoodFile(_folder.File("kept/lkg"), "version-only/1", 1_000, new DiskFileSystem(), _time);
        await file.WriteAsync(1, "1"u8.ToArray(), default);
        Directory.Delete(_folder.File("kept"), recursive: true);

        (await file.WriteAsync(2, "2"u8.ToArray(), default)).IsDone.Should().BeTrue();

        (await file.ReadAsync(default)).Document.ToArray().Should().Equal("2"u8.ToArray());
    }

    private LastKnownGoodFile FileOn(DiskFileSystem files) => new(_folder.File("lkg"), "version-only/1", 1_000, files, _time);
}
