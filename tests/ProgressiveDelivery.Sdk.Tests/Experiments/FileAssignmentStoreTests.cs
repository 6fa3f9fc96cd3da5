using System.Text;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Experiments;

/// <summary>Assignments in a file that processes share, on a played disk and on the real one.</summary>
public sealed class FileAssignmentStoreTests : IDisposable
{
    private const string Path = "/data/assignments.jsonl";

    private readonly PlayedDisk _disk = new();
    private readonly FakeTimeProvider _time = new(Some.Monday);

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task FirstAssignmentStaysForEveryProcessAndOverARestart()
    {
        var (first, second) = (Process(), Process());

        (await AssignAsync(first, "ada", "a")).Should().Be("a");
        (await AssignAsync(second, "ada", "b")).Should().Be("a");
        (await AssignAsync(second, "bob", "b")).Should().Be("b");
        (await AssignAsync(first, "bob", "a")).Should().Be("b");

        (await ReadAsync(Process(), "ada", "bob", "cy")).Should().Equal("a", "b", null);
        _disk.Text(Path).Split('\n').Skip(1).First().Should().Be("""{"experiment":"x","unit":"ada","version":1,"variant":"a"}""");
    }

    [Fact]
    public async Task RaisedVersionReplacesWhatIsStored()
    {
        var store = Process();
        await AssignAsync(store, "ada", "a");

        var winners = await store.AssignAsync([new(new("x", "ada"), new(2, "b"), new(1, "c")), new(new("x", "ada"), new(2, "b"), new(1, "a")), new(new("x", "ada"), new(2, "d"), new(1, "a"))], default);

        winners.Should().Equal(new StoredAssignment(1, "a"), new(2, "b"), new(2, "b"));
        (await ReadAsync(Process(), "ada")).Should().Equal("b");
    }

    [Theory]
    [InlineData("""{"experiment":"x","unit":"cy","versi""", null)]
    [InlineData("""{"experiment":"x","unit":"cy","version":1,"variant":"c"}""", "c")]
    public async Task TornLastLineCostsItselfAlone(string torn, string? kept)
    {
        var store = Process();
        await AssignAsync(store, "ada", "a");
        _disk.Put(Path, Encoding.UTF8.GetBytes(_disk.Text(Path) + torn), Some.Monday);

        (await ReadAsync(store, "ada", "cy")).Should().Equal("a", null);
        await AssignAsync(store, "bob", "b");

        (await ReadAsync(store, "ada", "bob", "cy")).Should().Equal("a", "b", kept);
        (await ReadAsync(Process(), "ada", "bob", "cy")).Should().Equal("a", "b", kept);
    }

    [Fact]
    public async Task FullDiskLosesNothingThatWasStored()
    {
        var (store, other) = (Process(), Process());
        await AssignAsync(store, "ada", "a");
        (_disk.Fault, _disk.Torn) = ((operation, _) => operation == "Append" ? new IOException("No space left on device") : null, 20);
        await FluentActions.Awaiting(() => AssignAsync(store, "bob", "b")).Should().ThrowAsync<IOException>();
        (await ReadAsync(store, "ada", "bob")).Should().Equal("a", null);

        _disk.Fault = (_, _) => null;
        await AssignAsync(store, "bob", "b");

        (await ReadAsync(other, "ada", "bob")).Should().Equal("a", "b");
    }

    [Fact]
    public async Task FrozenDiskHoldsUpNoCallerBeyondItsToken()
    {
        var store = Process();
        await AssignAsync(store, "ada", "a");
        _disk.Freeze();
        using var limit = new CancellationTokenSource();
        var reading = store.ReadAsync([new("x", "ada")], limit.Token).AsTask();
        await _disk.HangsAsync();

        await limit.CancelAsync();

        await reading.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        _disk.Thaw();
        (await ReadAsync(store, "ada")).Should().Equal("a");
    }

    [Fact]
    public async Task OutdatedLinesAreDroppedAndOtherProcessesFollow()
    {
        var (store, other) = (Process(), Process());
        await AssignAsync(store, "ada", "a");
        await ReadAsync(other, "ada");
        await store.AssignAsync([new(new("x", "ada"), new(2, "z"), new(1, "a"))], default);     // the first line of the new file
        for (var version = 1; version <= 20; version++)
            await store.AssignAsync([.. Enumerable.Range(0, 100).Select(unit => new AssignmentProposal(new("x", $"unit-{unit}"), new(version, "b"), new(version - 1, "b")))], default);

        _disk.Text(Path).Split('\n').Length.Should().BeLessThan(1_000);
        (await ReadAsync(other, "ada", "unit-99")).Should().Equal("z", "b");
        (await AssignAsync(other, "cy", "c")).Should().Be("c");
        (await ReadAsync(store, "ada", "unit-0", "cy")).Should().Equal("z", "b", "c");
    }

    [Fact]
    public async Task OldestAssignmentMakesRoom()
    {
        var store = Process(capacity: 2);
        foreach (var unit in new[] { "ada", "bob", "cy" })
            await AssignAsync(store, unit, "a");

        (await ReadAsync(store, "ada", "bob", "cy")).Should().Equal(null, "a", "a");
    }

    [Fact]
    public async Task LockOfAnotherProcessIsWaitedFor()
    {
        var store = Process();
        using var other = _disk.TryLock(Path + ".lock");
        var assigning = AssignAsync(store, "ada", "a");
        await Refresh.Until.HoldsAsync(() => _disk.Operations.Count(operation => operation == "Lock .lock") > 1);
        assigning.IsCompleted.Should().BeFalse();

        other!.Dispose();
        await _time.AdvanceUntilDoneAsync(assigning, TimeSpan.FromMilliseconds(10));

        (await assigning).Should().Be("a");
    }

    [Fact]
    public async Task FileOfSomethingElseIsNotOverwritten()
    {
        _disk.Put(Path, "name,size\n"u8.ToArray(), Some.Monday);

        await FluentActions.Awaiting(() => AssignAsync(Process(), "ada", "a")).Should().ThrowAsync<IOException>().WithMessage("*no file of assignments*");

        _disk.Text(Path).Should().Be("name,size\n");
    }

    [Fact]
    public async Task DeletedFileBeginsAnew()
    {
        var store = Process();
        await AssignAsync(store, "ada", "a");
        _disk.Delete(Path);

        (await AssignAsync(store, "ada", "b")).Should().Be("b");
    }

    [Fact]
    public async Task RealFileIsSharedByManyWritersAndEachUnitHasOneWinner()
    {
        using var folder = new TempFolder();
        var path = folder.File("sub/assignments.jsonl");
        FileAssignmentStore Real() => new(path, 1_000, new DiskFileSystem(_ => { }), TimeProvider.System);

        var winners = await Task.WhenAll(Enumerable.Range(0, 3).Select(async process =>
        {
            var store = Real();
            var won = new List<string>();
            for (var unit = 0; unit < 5; unit++)
                won.Add(await AssignAsync(store, $"unit-{unit}", $"process-{process}"));
            return won;
        }));

        winners.Should().OnlyContain(won => won.SequenceEqual(winners[0]));
        (await ReadAsync(Real(), [.. Enumerable.Range(0, 5).Select(unit => $"unit-{unit}")])).Should().Equal(winners[0]);
    }

    private FileAssignmentStore Process(int capacity = 1_000) => new(Path, capacity, _disk, _time);

    private static async Task<string> AssignAsync(FileAssignmentStore store, string unit, string variant) =>
        (await store.AssignAsync([new(new("x", unit), new(1, variant), null)], default)).Single().Variant;

    private static async Task<IEnumerable<string?>> ReadAsync(FileAssignmentStore store, params string[] units) =>
        (await store.ReadAsync([.. units.Select(unit => new AssignmentKey("x", unit))], default)).Select(stored => stored?.Variant);
}
