using System.Text;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Files;

public sealed class FileSnapshotSourceTests : IDisposable
{
    private static readonly DateTime SomeTime = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ItsExactBytesAreGiven()
    {
        var source = SourceOf(Write("flags.json", """{"version": 1} """));

        var reading = await source.ReadAsync(default);

        Text(reading).Should().Be("""{"version": 1} """);
    }

    [Theory]
    [InlineData("Look")]
    [InlineData("Read")]
    public async Task DiskThatHangsIsAFaultAfterFiveSecondsAndTheFileIsReadWhenItAnswers(string operation)
    {
        using var disk = new PlayedDisk();
        disk.Put("/fake/flags.json", """{"version": 1}"""u8.ToArray(), SomeTime);
        var source = SourceOf("/fake/flags.json", files: disk);
        disk.Freeze((hanging, _) => hanging == operation);

        var reading = source.ReadAsync(default).AsTask();
        await disk.HangsAsync();
        for (var second = 0; second < 5; second++) _time.Advance(TimeSpan.FromSeconds(1));
        await reading.Invoking(task => task).Should().ThrowAsync<SnapshotSourceException>().WithMessage("*'/fake/flags.json'*has not answered since*");
        await source.Invoking(s => s.ReadAsync(default).AsTask()).Should().ThrowAsync<SnapshotSourceException>();

        disk.Waiting.Should().Be(1, "it is not asked again before it has answered");
        disk.Threads.Should().OnlyContain(thread => !thread.IsAlive || !thread.IsThreadPoolThread);
        disk.Thaw();
        Text(await WhenItAnswersAsync(source)).Should().Be("""{"version": 1}""");
    }

    [Fact]
    public async Task AcknowledgedFileIsCurrent()
    {
        var source = SourceOf(Write("flags.json", """{"version": 1}"""));
        source.Acknowledge(await source.ReadAsync(default));

        var second = await source.ReadAsync(default);
        var third = await source.ReadAsync(default);

        second.Should().BeSameAs(SnapshotReading.Current);
        third.Should().BeSameAs(SnapshotReading.Current);
    }

    [Fact]
    public async Task AcknowledgedFileIsGivenAgainOnceItIsToStartOver()
    {
        var source = SourceOf(Write("flags.json", """{"version": 1}"""));
        source.Acknowledge(await source.ReadAsync(default));

        source.StartOver();

        Text(await source.ReadAsync(default)).Should().Be("""{"version": 1}""");
    }

    [Fact]
    public async Task FileThatWasRefusedIsGivenAgain()
    {
        var source = SourceOf(Write("flags.json", """{"version": 1}"""));
        await source.ReadAsync(default);

        var again = await source.ReadAsync(default);

        Text(again).Should().Be("""{"version": 1}""");
    }

    [Fact]
    public async Task UnchangedFileIsReadNoMoreOnceItsContentIsConfirmed()
    {
        var files = new FakeFileSystem();
        var reads = 0;
        files.Before = operation => reads += operation == "Read" ? 1 : 0;
        files.Put(FakePath, """{"version": 1}"""u8.ToArray());
        var source = SourceOf(FakePath, files);
        source.Acknowledge(await source.ReadAsync(default));

        for (var poll = 0; poll < 10; poll++) await source.ReadAsync(default);

        reads.Should().Be(2);
    }

    [Fact]
    public async Task ContentChangedUnderTheSameLengthAndTimeIsSeen()
    {
        var path = Write("flags.json", """{"version": 1}""", SomeTime);
        var source = SourceOf(path);
        source.Acknowledge(await source.ReadAsync(default));

        Write("flags.json", """{"version": 2}""", SomeTime);
        var reading = await source.ReadAsync(default);

        Text(reading).Should().Be("""{"version": 2}""");
    }

    [Fact]
    public async Task FileThatTookItsPlaceUnderTheSameLengthAndTimeIsSeenAtTheNextPoll()
    {
        var path = Write("flags.json", """{"version": 1}""", SomeTime);
        var source = SourceOf(path);
        source.Acknowledge(await source.ReadAsync(default));
        await source.ReadAsync(default);

        File.Move(Write("flags.json.new", """{"version": 2}""", SomeTime), path, overwrite: true);
        _time.Advance(TimeSpan.FromSeconds(5));
        var reading = await source.ReadAsync(default);

        Text(reading).Should().Be("""{"version": 2}""");
    }

    [Fact]
    public async Task WritingInPlaceUnderTheSameLengthAndTimeIsSeenAtTheNextPoll()
    {
        var path = Write("flags.json", """{"version": 1}""", SomeTime);
        var source = SourceOf(path);
        source.Acknowledge(await source.ReadAsync(default));
        await source.ReadAsync(default);

        Write("flags.json", """{"version": 2}""", SomeTime);
        _time.Advance(TimeSpan.FromSeconds(5));
        var reading = await source.ReadAsync(default);

        Text(reading).Should().Be("""{"version": 2}""");
    }

    [Fact]
    public async Task AnotherInodeIsEnoughToBeRead()
    {
        var files = FilesWith("""{"version": 1}""");
        files.Identities[FakePath] = new(1, 7, 100, 0);
        var source = SourceOf(FakePath, files);
        source.Acknowledge(await source.ReadAsync(default));
        await source.ReadAsync(default);
        Exchange(files, """{"version": 2}""");

        var unseen = await source.ReadAsync(default);
        files.Identities[FakePath] = new(1, 8, 100, 0);
        var seen = await source.ReadAsync(default);

        unseen.Should().BeSameAs(SnapshotReading.Current);
        Text(seen).Should().Be("""{"version": 2}""");
    }

    [Fact]
    public async Task InodeThatIsNeverTheSameCostsReadsAndNothingElse()
    {
        var files = FilesWith("""{"version": 1}""");
        ulong inode = 0;
        files.Before = _ => files.Identities[FakePath] = new(1, ++inode, 100, 0);
        var source = SourceOf(FakePath, files);
        source.Acknowledge(await source.ReadAsync(default));

        for (var poll = 0; poll < 10; poll++)
            (await source.ReadAsync(default)).Should().BeSameAs(SnapshotReading.Current);
    }

    [Fact]
    public async Task WhereTheDiskTellsNoInodeTheContentIsReadAgainAtAPaceThatItsLengthAllows()
    {
        var text = "{\"version\": 1}".PadRight(1024 * 1024);
        var files = FilesWith(text);
        var reads = 0;
        files.Before = operation => reads += operation == "Read" ? 1 : 0;
        var source = SourceOf(FakePath, files);
        source.Acknowledge(await source.ReadAsync(default));
        await source.ReadAsync(default);
        Exchange(files, text.Replace('1', '2'));

        _time.Advance(TimeSpan.FromSeconds(15));
        var early = await source.ReadAsync(default);
        var readsSoFar = reads;
        _time.Advance(TimeSpan.FromSeconds(1));
        var due = await source.ReadAsync(default);

        early.Should().BeSameAs(SnapshotReading.Current);
        readsSoFar.Should().Be(2);
        Text(due).Should().StartWith("""{"version": 2}""");
    }

    [Fact]
    public void LinuxTellsFilesApartThatLookAlike()
    {
        var disk = new DiskFileSystem();
        var path = Write("flags.json", "a", SomeTime);
        var first = disk.Identify(path);
        var again = disk.Identify(path);

        File.Move(Write("flags.json.new", "b", SomeTime), path, overwrite: true);
        var second = disk.Identify(path);

        if (!OperatingSystem.IsLinux())
        {
            first.Should().BeNull();
            return;
        }

        first.Should().NotBeNull();
        again.Should().Be(first);
        second.Should().NotBe(first);
        disk.Identify(path + ".gone").Should().BeNull();
    }

    [Fact]
    public async Task TouchingAFileChangesNothing()
    {
        var path = Write("flags.json", """{"version": 1}""", SomeTime);
        var source = SourceOf(path);
        source.Acknowledge(await source.ReadAsync(default));

        File.SetLastWriteTimeUtc(path, SomeTime.AddHours(1));
        var reading = await source.ReadAsync(default);

        reading.Should().BeSameAs(SnapshotReading.Current);
    }

    [Fact]
    public async Task FileRenamedOverItIsRead()
    {
        var path = Write("flags.json", """{"version": 1}""", SomeTime);
        var source = SourceOf(path);
        source.Acknowledge(await source.ReadAsync(default));
        await source.ReadAsync(default);

        File.Move(Write("flags.json.new", """{"version": 2}""", SomeTime.AddSeconds(1)), path, overwrite: true);
        var reading = await source.ReadAsync(default);

        Text(reading).Should().Be("""{"version": 2}""");
    }

    [Fact]
    public async Task SwappedKubernetesVolumeIsReadEvenUnderTheSameLengthAndTime()
    {
        MakeVolume("..2026_01", """{"version": 1}""");
        MakeVolume("..2026_02", """{"version": 2}""");
        Directory.CreateSymbolicLink(_folder.File("..data"), "..2026_01");
        File.CreateSymbolicLink(_folder.File("flags.json"), "..data/flags.json");
        var source = SourceOf(_folder.File("flags.json"));
        source.Acknowledge(await source.ReadAsync(default));
        await source.ReadAsync(default);

        Directory.Delete(_folder.File("..data"));
        Directory.CreateSymbolicLink(_folder.File("..data"), "..2026_02");
        Directory.Delete(_folder.File("..2026_01"), recursive: true);
        var reading = await source.ReadAsync(default);

        Text(reading).Should().Be("""{"version": 2}""");
    }

    [Fact]
    public async Task LinksInACircleAreAFaultLikeAnyOther()
    {
        File.CreateSymbolicLink(_folder.File("a"), "b");
        File.CreateSymbolicLink(_folder.File("b"), "a");
        var source = SourceOf(_folder.File("a"));

        var reading = () => source.ReadAsync(default).AsTask();

        (await reading.Should().ThrowAsync<SnapshotSourceException>()).WithMessage("*symbolic links*keeps watching it*");
    }

    [Fact]
    public async Task FolderInPlaceOfAFileIsToldAsSuchAndTheFileReadOnceItIsThere()
    {
        Directory.CreateDirectory(_folder.File("flags.json"));
        var source = SourceOf(_folder.File("flags.json"));
        var reading = () => SettledAsync(source);
        (await reading.Should().ThrowAsync<SnapshotSourceException>().WithMessage("*flags.json' is a folder, not a file*correct the path*")).Which.NeedsAction.Should().BeTrue();

        Directory.Delete(_folder.File("flags.json"));
        Write("flags.json", """{"version": 1}""");

        Text(await reading()).Should().Be("""{"version": 1}""");
    }

    [Theory]
    [InlineData("flags.json")]
    [InlineData("missing/folder/flags.json")]
    public async Task MissingFileIsReportedAndReadOnceItIsThere(string name)
    {
        var source = SourceOf(_folder.File(name));
        var reading = () => SettledAsync(source);
        await reading.Should().ThrowAsync<SnapshotSourceException>().WithMessage("*flags.json' does not exist*");

        Write(name, """{"version": 1}""");

        Text(await reading()).Should().Be("""{"version": 1}""");
    }

    [Fact]
    public async Task DeletedFileIsReportedAndCurrentAgainWhenItComesBackUnchanged()
    {
        var path = Write("flags.json", """{"version": 1}""");
        var source = SourceOf(path);
        source.Acknowledge(await source.ReadAsync(default));
        var reading = () => SettledAsync(source);

        File.Delete(path);
        await reading.Should().ThrowAsync<SnapshotSourceException>();
        Write("flags.json", """{"version": 1}""");

        (await reading()).Should().BeSameAs(SnapshotReading.Current);
    }

    [Fact]
    public async Task EmptyFileIsAFault()
    {
        var source = SourceOf(Write("flags.json", ""));

        var reading = () => SettledAsync(source);

        await reading.Should().ThrowAsync<SnapshotSourceException>().WithMessage("*flags.json' is empty*");
    }

    [Fact]
    public async Task FileOverTheLimitIsNotRead()
    {
        var path = Write("flags.json", """{"version": 1}""");
        var source = SourceOf(path, maxBytes: 13);

        var reading = () => source.ReadAsync(default).AsTask();

        (await reading.Should().ThrowAsync<SnapshotSourceException>().WithMessage("*has 14 bytes, more than the 13*"))
            .Which.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
    }

    [Fact]
    public async Task HalfWrittenFileIsWaitedFor()
    {
        var path = Write("flags.json", """{"ver""");
        var source = SourceOf(path);
        var reading = source.ReadAsync(default).AsTask();
        var gaveHalf = reading.IsCompleted;

        await File.AppendAllTextAsync(path, "sion\": 1}");
        await _time.AdvanceUntilDoneAsync(reading, TimeSpan.FromMilliseconds(100));

        gaveHalf.Should().BeFalse();
        Text(await reading).Should().Be("""{"version": 1}""");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FileThatIsGoneOrEmptyForAMomentIsWaitedFor(bool isGone)
    {
        var path = Write("flags.json", "");
        if (isGone) File.Delete(path);
        var source = SourceOf(path);
        var reading = source.ReadAsync(default).AsTask();
        var wasDone = reading.IsCompleted;

        Write("flags.json", """{"version": 1}""");
        await _time.AdvanceUntilDoneAsync(reading, TimeSpan.FromMilliseconds(100));

        wasDone.Should().BeFalse();
        Text(await reading).Should().Be("""{"version": 1}""");
    }

    [Fact]
    public async Task FileThatStaysBrokenIsGivenSoThatItIsReported()
    {
        var source = SourceOf(Write("flags.json", """{"ver"""));

        var reading = source.ReadAsync(default).AsTask();
        await _time.AdvanceUntilDoneAsync(reading, TimeSpan.FromMilliseconds(100));

        Text(await reading).Should().Be("""{"ver""");
    }

    [Fact]
    public async Task ContentThatChangesWhileItIsReadIsNeverGiven()
    {
        var files = new FakeFileSystem();
        files.Put(FakePath, """{"version": 1}"""u8.ToArray());
        var changes = 3;
        files.AfterRead = () =>
        {
            if (changes-- > 0) files.Put(FakePath, Encoding.UTF8.GetBytes($$"""{"version": {{9 - changes}}}"""));
        };
        var source = SourceOf(FakePath, files);

        var reading = source.ReadAsync(default).AsTask();
        await _time.AdvanceUntilDoneAsync(reading, TimeSpan.FromMilliseconds(100));

        Text(await reading).Should().Be("""{"version": 9}""");
    }

    [Fact]
    public async Task FileThatNeverSettlesIsAFaultOfOnePollOnly()
    {
        var files = new FakeFileSystem();
        files.Put(FakePath, """{"version": 1}"""u8.ToArray());
        files.AfterRead = () => files.Put(FakePath, """{"version": 1}"""u8.ToArray());
        var source = SourceOf(FakePath, files);

        var restless = source.ReadAsync(default).AsTask();
        await _time.AdvanceUntilDoneAsync(restless, TimeSpan.FromMilliseconds(100));
        files.AfterRead = () => { };
        var reading = await source.ReadAsync(default);

        (await FluentActions.Awaiting(() => restless).Should().ThrowAsync<SnapshotSourceException>()).WithMessage("*changed at each look*");
        Text(reading).Should().Be("""{"version": 1}""");
    }

    [Fact]
    public async Task FileThatVanishesBetweenLookAndReadIsLookedAtAgain()
    {
        var files = new FakeFileSystem();
        files.Put(FakePath, """{"version": 1}"""u8.ToArray());
        var isFirst = true;
        files.Before = operation =>
        {
            if (operation != "Read" || !isFirst) return;
            isFirst = false;
            throw new FileNotFoundException();
        };
        var source = SourceOf(FakePath, files);

        var reading = source.ReadAsync(default).AsTask();
        await _time.AdvanceUntilDoneAsync(reading, TimeSpan.FromMilliseconds(100));

        Text(await reading).Should().Be("""{"version": 1}""");
    }

    [Theory]
    [InlineData("Look")]
    [InlineData("Read")]
    public async Task FaultOfTheDiskCostsOneReadOnly(string operation)
    {
        var files = new FakeFileSystem();
        files.Put(FakePath, """{"version": 1}"""u8.ToArray());
        var source = SourceOf(FakePath, files);
        var reading = () => source.ReadAsync(default).AsTask();

        files.Before = current =>
        {
            if (current == operation) throw new UnauthorizedAccessException("Access is denied.");
        };
        await reading.Should().ThrowAsync<SnapshotSourceException>().WithMessage("*cannot be read: Access is denied.*");
        files.Before = _ => { };

        Text(await reading()).Should().Be("""{"version": 1}""");
    }

    [Fact]
    public async Task OfManyWritesInPlaceOnlyWholeOnesAreGivenAndTheLastOneWins()
    {
        var files = new FakeFileSystem();
        var writer = new RestlessWriter(files, FakePath, seed: 1);
        var source = SourceOf(FakePath, files);

        var seen = new List<string>();
        while (!writer.IsDone) await PollAsync();
        await PollAsync();

        seen.Should().OnlyContain(text => text.EndsWith('}'));
        seen.Should().HaveCountGreaterThan(1);
        seen[^1].Should().Be(RestlessWriter.Last);

        async Task PollAsync()
        {
            var poll = source.ReadAsync(default).AsTask();
            await _time.AdvanceUntilDoneAsync(poll, TimeSpan.FromMilliseconds(100));
            if (!poll.IsCompletedSuccessfully || await poll is not { Document: not null } reading) return;
            seen.Add(Text(reading));
            source.Acknowledge(reading);
        }
    }

    [Fact]
    public async Task WaitingTakesAPollingInterval()
    {
        var source = SourceOf(_folder.File("flags.json"));
        var waiting = source.WaitForChangeAsync(default).AsTask();

        _time.Advance(TimeSpan.FromSeconds(4.9));
        var waitedTooShort = waiting.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await waiting.WaitAsync(TimeSpan.FromMinutes(2));

        waitedTooShort.Should().BeFalse();
    }

    [Fact]
    public async Task CancellationEndsASettlingRead()
    {
        var source = SourceOf(Write("flags.json", """{"ver"""));
        using var stop = new CancellationTokenSource();
        var reading = source.ReadAsync(stop.Token).AsTask();

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => reading).Should().ThrowAsync<OperationCanceledException>();
    }

    private async Task<SnapshotReading> SettledAsync(FileSnapshotSource source)
    {
        var reading = source.ReadAsync(default).AsTask();
        await _time.AdvanceUntilDoneAsync(reading, TimeSpan.FromMilliseconds(100));
        return await reading;
    }

    private static string FakePath => Path.GetFullPath("/fake/flags.json");

    private static string Text(SnapshotReading reading) => Encoding.UTF8.GetString(reading.Document!.Value.Span);

    private static async Task<SnapshotReading> WhenItAnswersAsync(FileSnapshotSource source)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            try
            {
                return await source.ReadAsync(patience.Token);
            }
            catch (SnapshotSourceException) when (!patience.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }

    private FileSnapshotSource SourceOf(string path, IFileSystem? files = null, FileSourceOptions? options = null, int maxBytes = 64 * 1024 * 1024) =>
        new(path, options ?? new(), new VersionOnlyFormat(), files ?? new DiskFileSystem(), maxBytes, _time);

    private static FakeFileSystem FilesWith(string content)
    {
        var files = new FakeFileSystem();
        files.Put(FakePath, Encoding.UTF8.GetBytes(content));
        return files;
    }

    private static void Exchange(FakeFileSystem files, string content) => files.Files[FakePath] = (Encoding.UTF8.GetBytes(content), files.Files[FakePath].LastWrite);

    private void MakeVolume(string name, string content) => Write($"{name}/flags.json", content, SomeTime);

    private string Write(string name, string content, DateTime? lastWrite = null)
    {
        var path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        if (lastWrite is { } time) File.SetLastWriteTimeUtc(path, time);
        return path;
    }

    /// <summary>Empties, half writes and completes a file over and over: often between two looks, now and then within one.</summary>
    private sealed class RestlessWriter
    {
        private const int Steps = 600;

        private readonly FakeFileSystem _files;
        private readonly string _path;
        private readonly Random _random;
        private int _step;
        private bool _isWithinALook;

        public RestlessWriter(FakeFileSystem files, string path, int seed)
        {
            (_files, _path, _random) = (files, path, new(seed));
            files.Before = Interfere;
            Move();
        }

        public bool IsDone => _step >= Steps;

        public static string Last => Content(Steps);

        private void Interfere(string operation)
        {
            var moves = operation == "Look" && !_isWithinALook ? _random.Next(1, 4) : _random.Next(4) / 3;
            _isWithinALook = operation == "Read";
            for (; moves > 0; moves--) Move();
        }

        private void Move()
        {
            if (IsDone) return;
            _step++;
            var content = Content(_step);
            var written = (_step % 3) switch { 0 => content.Length, 1 => 0, _ => content.Length / 2 };
            _files.Put(_path, Encoding.UTF8.GetBytes(content[..written]));
        }

        private static string Content(int step) => $$"""{"version": {{(step + 2) / 3}}}""";
    }
}
