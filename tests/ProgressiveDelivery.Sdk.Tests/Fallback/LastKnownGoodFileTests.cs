using System.Text;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Fallback;

public sealed class LastKnownGoodFileTests : IDisposable
{
    private static readonly byte[] One = Encoding.UTF8.GetBytes("""{"version": 1, "environment": "é"} """ + "\n");
    private static readonly byte[] Two = """{"version": 2}"""u8.ToArray();

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ExactBytesComeBackInAnotherRun()
    {
        var written = await OnDisk().WriteAsync(1, One, default);

        var reading = await OnDisk().ReadAsync(default);

        written.IsDone.Should().BeTrue();
        reading.Outcome.Should().Be(FallbackOutcome.Found);
        reading.Document.ToArray().Should().Equal(One);
    }

    [Fact]
    public async Task NewerReplacesOlderAndLeavesNothingElse()
    {
        var file = OnDisk();
        await file.WriteAsync(1, One, default);
        await file.WriteAsync(2, Two, default);

        var reading = await file.ReadAsync(default);

        reading.Document.ToArray().Should().Equal(Two);
        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Should().Equal(file.Path);
    }

    [Fact]
    public async Task OnlyTheOwnerMayReadIt()
    {
        if (OperatingSystem.IsWindows()) return;
        var file = OnDisk();

        await file.WriteAsync(1, One, default);

        File.GetUnixFileMode(file.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task FirstLineTellsPeopleWhatItIs()
    {
        var file = OnDisk();

        await file.WriteAsync(42, Two, default);

        (await File.ReadAllLinesAsync(file.Path))[0].Should().MatchRegex("^PDLKG1 version-only%2F1 42 1 20 [0-9a-f]{32}$");
    }

    [Fact]
    public async Task MissingFileIsSaidToBeMissing()
    {
        var reading = await OnDisk().ReadAsync(default);

        reading.Outcome.Should().Be(FallbackOutcome.Missing);
    }

    [Fact]
    public async Task FileCutAtAnyPlaceIsNeverFound()
    {
        var file = OnDisk();
        await file.WriteAsync(1, One, default);
        var whole = await File.ReadAllBytesAsync(file.Path);

        for (var length = 0; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(file.Path, whole[..length]);
            (await file.ReadAsync(default)).Outcome.Should().Be(FallbackOutcome.Truncated);
        }
    }

    [Fact]
    public async Task AnyFlippedBitIsNoticed()
    {
        var file = OnDisk();
        await file.WriteAsync(1, One, default);
        var whole = await File.ReadAllBytesAsync(file.Path);

        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(file.Path, damaged);
            (await file.ReadAsync(default)).Outcome.Should().NotBe(FallbackOutcome.Found, "bit {0} is flipped", bit);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    public async Task ZeroFilledFileIsNoticed(int length)
    {
        var file = OnDisk();
        await File.WriteAllBytesAsync(file.Path, new byte[length]);

        var reading = await file.ReadAsync(default);

        reading.Outcome.Should().BeOneOf(FallbackOutcome.Corrupt, FallbackOutcome.Truncated);
        reading.Message.Should().Contain(file.Path).And.Contain("ignored");
    }

    [Fact]
    public async Task GrownFileIsCorrupt()
    {
        var file = OnDisk();
        await file.WriteAsync(1, One, default);
        await File.AppendAllTextAsync(file.Path, "x");

        (await file.ReadAsync(default)).Outcome.Should().Be(FallbackOutcome.Corrupt);
    }

    [Fact]
    public async Task FileOfAnotherFormatIsNotUsed()
    {
        await OnDisk().WriteAsync(1, One, default);
        var other = new LastKnownGoodFile(_folder.File("lkg"), "unleash/2", 1_000, new DiskFileSystem(), _time);

        (await other.ReadAsync(default)).Outcome.Should().Be(FallbackOutcome.OtherFormat);
    }

    [Fact]
    public async Task FileOverTheLimitIsNotRead()
    {
        var file = OnDisk();
        await File.WriteAllBytesAsync(file.Path, new byte[3_000]);

        (await file.ReadAsync(default)).Outcome.Should().Be(FallbackOutcome.TooLarge);
    }

    [Theory]
    [InlineData("Write")]
    [InlineData("Replace")]
    [InlineData("Write", "Delete")]
    [InlineData("Replace", "Delete")]
    public async Task FailingWriteIsReportedAndHarmsNothing(params string[] failing)
    {
        var files = new FakeFileSystem();
        var file = InMemory(files);
        await file.WriteAsync(1, One, default);

        files.Before = operation =>
        {
            if (failing.Contains(operation)) throw new IOException("No space left on device.");
        };
        var written = await file.WriteAsync(2, Two, default);
        files.Before = _ => { };

        written.Fault.Should().Contain(file.Path).And.Contain("No space left on device.");
        (await file.ReadAsync(default)).Document.ToArray().Should().Equal(One);
        if (!failing.Contains("Delete")) files.Files.Keys.Should().Equal(file.Path);
    }

    [Fact]
    public async Task UnwritablePlaceIsReportedNotThrown()
    {
        await File.WriteAllTextAsync(_folder.File("file"), "");
        var file = new LastKnownGoodFile(_folder.File("file/lkg"), "version-only/1", 1_000, new DiskFileSystem(), _time);

        var written = await file.WriteAsync(1, One, default);
        var reading = await file.ReadAsync(default);

        written.IsDone.Should().BeFalse();
        reading.Outcome.Should().Be(FallbackOutcome.Missing);
    }

    [Theory]
    [InlineData(typeof(UnauthorizedAccessException), FallbackOutcome.NoPermission)]
    [InlineData(typeof(IOException), FallbackOutcome.Failed)]
    [InlineData(typeof(FileNotFoundException), FallbackOutcome.Missing)]
    internal async Task FaultOfTheDiskWhileReadingIsTold(Type exception, FallbackOutcome outcome)
    {
        var files = new FakeFileSystem();
        var file = InMemory(files);
        await file.WriteAsync(1, One, default);
        files.Before = operation =>
        {
            if (operation == "Read") throw (Exception)Activator.CreateInstance(exception)!;
        };

        (await file.ReadAsync(default)).Outcome.Should().Be(outcome);
    }

    [Fact]
    public async Task LockedFileIsTold()
    {
        var files = new FakeFileSystem();
        var file = InMemory(files);
        await file.WriteAsync(1, One, default);
        files.Before = operation =>
        {
            if (operation == "Read") throw new IOException("Used by another process.", unchecked((int)0x80070020));
        };

        (await file.ReadAsync(default)).Outcome.Should().Be(FallbackOutcome.Locked);
    }

    [Fact]
    public async Task ManyWritersOfOneFileNeverMakeItUnreadable()
    {
        var documents = Enumerable.Range(1, 40).Select(i => Encoding.UTF8.GetBytes($$"""{"version": {{i}}, "x": "{{new string('x', i * 20)}}"}""")).ToArray();
        var reader = OnDisk();
        await reader.WriteAsync(1, documents[0], default);

        await Parallel.ForEachAsync(documents, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (document, _) =>
        {
            (await OnDisk().WriteAsync(1, document, default)).IsDone.Should().BeTrue();
            (await reader.ReadAsync(default)).Outcome.Should().Be(FallbackOutcome.Found);
        });

        Directory.GetFiles(_folder.Path).Should().ContainSingle();
    }

    [Fact]
    public async Task CancelledWriteLeavesTheOldOneAndNoTemporaryFile()
    {
        var file = OnDisk();
        await file.WriteAsync(1, One, default);

        var writing = () => file.WriteAsync(2, Two, new(canceled: true)).AsTask();

        await writing.Should().ThrowAsync<OperationCanceledException>();
        (await file.ReadAsync(default)).Document.ToArray().Should().Equal(One);
        Directory.GetFiles(_folder.Path).Should().ContainSingle();
    }

    [Fact]
    public async Task OnlyTheCallersOwnCancellationIsThrown()
    {
        using var cancellation = new CancellationTokenSource();
        Exception fault = new OperationCanceledException("The disk gave up.");
        var files = new FakeFileSystem
        {
            Before = operation =>
            {
                if (operation == "Write") throw fault;
            },
        };

        (await InMemory(files).WriteAsync(1, One, cancellation.Token)).Fault.Should().Contain("The disk gave up.");
        await cancellation.CancelAsync();
        fault = new IOException("No space left on device.");

        (await InMemory(files).WriteAsync(1, One, cancellation.Token)).Fault.Should().Contain("No space left on device.");
        files.Files.Should().BeEmpty();
    }

    private LastKnownGoodFile OnDisk() => new(_folder.File("lkg"), "version-only/1", 1_000, new DiskFileSystem(), _time);

    private LastKnownGoodFile InMemory(FakeFileSystem files) => new("/fake/lkg", "version-only/1", 1_000, files, _time);
}
