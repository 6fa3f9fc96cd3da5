using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

public sealed class FileEventSinkTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly EventTime _clock = new();
    private readonly FileEventSinkOptions _options = new();
    private readonly FullDisk _disk = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LinesAreReadableWhileTheFileIsWritten()
    {
        using var sink = Sink();

        await sink.SendAsync(SomeEvents.Batch("a", "b"), default);
        Ids(Files().Single()).Should().Equal("a", "b");
        await sink.SendAsync(SomeEvents.Batch("c"), default);

        Ids(Files().Single()).Should().Equal("a", "b", "c");
        Path.GetFileName(Files().Single()).Should().MatchRegex("^shop-20261123T120000Z-[0-9a-f]{8}\\.jsonl$");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Files().Single()).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, "events name persons");
    }

    [Fact]
    public async Task FileThatIsFullIsFollowedByAnother()
    {
        _options.MaxFileBytes = 1_024;
        using var sink = Sink();

        for (var i = 0; i < 10; i++)
            await sink.SendAsync(SomeEvents.Batch($"{i}"), default);

        Files().Length.Should().BeGreaterThan(1);
        Files().SelectMany(Ids).Should().BeEquivalentTo(Enumerable.Range(0, 10).Select(i => $"{i}"));
        Files().Select(file => new FileInfo(file).Length).Should().OnlyContain(length => length < 1_024 + 400);
    }

    [Fact]
    public async Task FileThatIsOldIsFollowedByAnotherAlsoIfTheClockGoesBack()
    {
        using var sink = Sink();

        await sink.SendAsync(SomeEvents.Batch("a"), default);
        _clock.Advance(_options.RollInterval);
        _clock.WallShift = -_options.RollInterval;
        await sink.SendAsync(SomeEvents.Batch("b"), default);

        Files().Should().HaveCount(2);
        Files().SelectMany(Ids).Should().BeEquivalentTo("a", "b");
    }

    [Fact]
    public async Task TwoProcessesWriteFilesOfTheirOwn()
    {
        using var one = Sink();
        using var two = Sink();

        await one.SendAsync(SomeEvents.Batch("a"), default);
        await two.SendAsync(SomeEvents.Batch("b"), default);

        Files().Should().HaveCount(2);
    }

    [Fact]
    public async Task FullDiskIsAFaultAndLeavesNoHalfLine()
    {
        using var sink = Sink(_ => _disk);
        await sink.SendAsync(SomeEvents.Batch("a"), default);
        _disk.Room = 20;

        var full = async () => await sink.SendAsync(SomeEvents.Batch("b"), default);
        (await full.Should().ThrowAsync<EventSinkException>()).Which.Kind.Should().Be(EventSinkFaultKind.Unavailable);
        _disk.Room = int.MaxValue;
        await sink.SendAsync(SomeEvents.Batch("b"), default);

        Ids(_disk.Text).Should().Equal("a", "b");
    }

    [Fact]
    public async Task FileThatCannotBeCutIsLeft()
    {
        var files = new List<FullDisk>();
        using var sink = Sink(_ =>
        {
            files.Add(new());
            return files[^1];
        });
        await sink.SendAsync(SomeEvents.Batch("a"), default);
        (files[0].Room, files[0].CannotCut) = (20, true);
        await FluentActions.Awaiting(async () => await sink.SendAsync(SomeEvents.Batch("b"), default)).Should().ThrowAsync<EventSinkException>();

        await sink.SendAsync(SomeEvents.Batch("b"), default);

        Ids(files[1].Text).Should().Equal("b");
    }

    [Fact]
    public async Task OldestFilesAreDeletedWhenANewOneBegins()
    {
        (_options.MaxFileBytes, _options.MaxTotalBytes) = (1_024, 4_096);
        using var sink = Sink();

        for (var i = 0; i < 60; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await sink.SendAsync(SomeEvents.Batch($"{i}"), default);
        }

        Files().Sum(file => new FileInfo(file).Length).Should().BeInRange(2_048, 4_096 + 1_024);
        Files().SelectMany(Ids).Should().Equal(Enumerable.Range(0, 60).Select(i => $"{i}").TakeLast(Files().SelectMany(Ids).Count()), "the newest remain, without a gap");
    }

    [Fact]
    public async Task YoungFileOfAnotherProcessAndForeignFilesStay()
    {
        (_options.MaxFileBytes, _options.MaxTotalBytes) = (1_024, 1_024);
        Directory.CreateDirectory(_folder.File("events"));
        string Other(string name) => _folder.File($"events/{name}");
        foreach (var name in new[] { "shop-20261123T113000Z-aaaaaaaa.jsonl", "shop-20261123T093000Z-bbbbbbbb.jsonl", "shop-notes.jsonl", "shop-2-20261101T000000Z-cccccccc.jsonl" })
            await File.WriteAllTextAsync(Other(name), new string('x', 2_000));
        using var sink = Sink();

        await sink.SendAsync(SomeEvents.Batch("a"), default);

        Directory.GetFiles(_folder.File("events")).Select(file => Path.GetFileName(file)[..12]).Order().Should().Equal("shop-2-20261", "shop-2026112", "shop-2026112", "shop-notes.j");
        File.Exists(Other("shop-20261123T093000Z-bbbbbbbb.jsonl")).Should().BeFalse("it is older than the interval");
    }

    [Fact]
    public async Task FolderThatCannotBeMadeIsAFault()
    {
        await File.WriteAllTextAsync(_folder.File("taken"), "");
        using var sink = new FileEventSink(_folder.File("taken/shop"), _options, _clock, EventFile.Create, new DiskFileSystem());

        var act = async () => await sink.SendAsync(SomeEvents.Batch("a"), default);

        (await act.Should().ThrowAsync<EventSinkException>()).Which.Message.Should().Contain("taken/shop-*.jsonl' cannot be written");
    }

    private FileEventSink Sink(Func<string, IEventFile>? open = null) => new(_folder.File("events/shop"), _options, _clock, open ?? EventFile.Create, new DiskFileSystem());

    private string[] Files() => [.. Directory.GetFiles(_folder.File("events")).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Ids(string fileOrText)
    {
        var text = fileOrText;
        if (File.Exists(fileOrText))
        {
            using var file = new FileStream(fileOrText, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            text = reader.ReadToEnd();
        }

        return [.. text.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)];
    }

    /// <summary>A file on a disk that has room for so many bytes only.</summary>
    private sealed class FullDisk : IEventFile
    {
        private readonly MemoryStream _bytes = new();

        public int Room { get; set; } = int.MaxValue;

        public bool CannotCut { get; set; }

        public long Length => _bytes.Length;

        public string Text => Encoding.UTF8.GetString(_bytes.ToArray());

        public void Append(ReadOnlySpan<byte> bytes)
        {
            _bytes.Seek(0, SeekOrigin.End);
            _bytes.Write(bytes[..Math.Min(Room, bytes.Length)]);
            if (bytes.Length > Room)
                throw new IOException("No space left on device.");
        }

        public void Truncate(long length)
        {
            if (CannotCut)
                throw new IOException("Not now.");
            _bytes.SetLength(length);
        }

        public void Dispose() => _bytes.Dispose();
    }
}
