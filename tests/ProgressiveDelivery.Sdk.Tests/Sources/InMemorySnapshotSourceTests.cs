using System.Text;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.Sources;

public sealed class InMemorySnapshotSourceTests
{
    private static readonly SnapshotDefinition First = new() { Version = 1 };
    private static readonly SnapshotDefinition Second = new() { Version = 2 };

    private readonly InMemorySnapshotSource _source = new(First);

    [Fact]
    public async Task FirstReadGivesWhatItHolds()
    {
        var reading = await _source.ReadAsync(default);

        reading.Definition.Should().BeSameAs(First);
    }

    [Fact]
    public async Task DocumentIsGivenAsItsExactBytes()
    {
        var source = new InMemorySnapshotSource("""{"version": 1, "environment": "é"}""");

        var reading = await source.ReadAsync(default);

        Encoding.UTF8.GetString(reading.Document!.Value.Span).Should().Be("""{"version": 1, "environment": "é"}""");
    }

    [Fact]
    public async Task AcknowledgedReadingIsCurrentUntilItIsReplaced()
    {
        _source.Acknowledge(await _source.ReadAsync(default));

        var unchanged = await _source.ReadAsync(default);
        _source.Acknowledge(unchanged);
        var stillUnchanged = await _source.ReadAsync(default);
        _source.Set(Second);
        var changed = await _source.ReadAsync(default);

        unchanged.Should().BeSameAs(SnapshotReading.Current);
        stillUnchanged.Should().BeSameAs(SnapshotReading.Current);
        changed.Definition.Should().BeSameAs(Second);
    }

    [Fact]
    public async Task ReadingThatWasNotAcknowledgedIsGivenAgain()
    {
        await _source.ReadAsync(default);

        var again = await _source.ReadAsync(default);

        again.Definition.Should().BeSameAs(First);
    }

    [Fact]
    public async Task SettingWakesWhoeverWaits()
    {
        await _source.ReadAsync(default);
        var waiting = _source.WaitForChangeAsync(default).AsTask();
        var waitedBefore = waiting.IsCompleted;

        _source.Set("""{"version": 2}""");
        await waiting.WaitAsync(TimeSpan.FromMinutes(2));

        waitedBefore.Should().BeFalse();
    }

    [Fact]
    public async Task ReplacementBetweenReadingAndWaitingIsNotMissed()
    {
        await _source.ReadAsync(default);
        _source.Set(Second);

        var waiting = _source.WaitForChangeAsync(default);

        waiting.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task WaitingEndsWhenItIsCanceled()
    {
        await _source.ReadAsync(default);
        using var stop = new CancellationTokenSource();
        var waiting = _source.WaitForChangeAsync(stop.Token).AsTask();

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task BytesAreCopiedSoThatTheirOwnerMayReuseThem()
    {
        var bytes = """{"version": 2}"""u8.ToArray();
        _source.Set(bytes);

        Array.Clear(bytes);
        var reading = await _source.ReadAsync(default);

        Encoding.UTF8.GetString(reading.Document!.Value.Span).Should().Be("""{"version": 2}""");
    }

    [Fact]
    public async Task EveryOfManyReplacementsFromManyThreadsIsEitherReadOrReplaced()
    {
        var last = new SnapshotDefinition { Version = 1_000_000 };
        var reading = Task.Run(async () =>
        {
            SnapshotReading read;
            do
            {
                await _source.WaitForChangeAsync(default);
                read = await _source.ReadAsync(default);
                _source.Acknowledge(read);
            }
            while (read.Definition != last);
        });

        await Parallel.ForAsync(2, 2_000, (version, _) =>
        {
            _source.Set(new SnapshotDefinition { Version = version });
            return default;
        });
        _source.Set(last);

        await reading.WaitAsync(TimeSpan.FromMinutes(2));
    }
}
