using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Files;

public sealed class DiskThreadTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly ManualResetEventSlim _disk = new();
    private readonly DiskThread _thread;
    private int _changes;

    public DiskThreadTests()
    {
        _thread = new(_time);
        _thread.Changed += () => Interlocked.Increment(ref _changes);
    }

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task WorkIsDoneInOrderOnOneThreadThatIsNotOfThePool()
    {
        var done = new List<(int Number, bool IsOfPool, int Thread)>();
        _ = Hang();
        var works = Enumerable.Range(1, 5).Select(i => _thread.RunAsync(() =>
        {
            done.Add((i, Thread.CurrentThread.IsThreadPoolThread, Environment.CurrentManagedThreadId));
            return new ValueTask<int>(i);
        })).ToList();

        _disk.Set();

        (await Task.WhenAll(works).WaitAsync(Until.Patience)).Should().Equal(1, 2, 3, 4, 5);
        done.Select(one => one.Number).Should().Equal(1, 2, 3, 4, 5);
        done.Should().OnlyContain(one => !one.IsOfPool && one.Thread == done[0].Thread);
    }

    [Fact]
    public async Task ThreadEndsWithItsWorkAndBeginsAgain()
    {
        var first = await _thread.RunAsync(() => new ValueTask<Thread>(Thread.CurrentThread));
        await Until.HoldsAsync(() => !first.IsAlive);

        var second = await _thread.RunAsync(() => new ValueTask<Thread>(Thread.CurrentThread));

        second.Should().NotBeSameAs(first);
        await _thread.Idle.WaitAsync(Until.Patience);
    }

    [Fact]
    public async Task FaultOfOnePieceIsItsCallersAndNoOthers()
    {
        var failing = _thread.RunAsync<int>(() => throw new IOException("No."));
        var well = _thread.RunAsync(() => new ValueTask<int>(1));

        (await well.WaitAsync(Until.Patience)).Should().Be(1);
        await failing.Invoking(task => task).Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task DiskThatDoesNotAnswerForFiveSecondsIsStalledUntilItDoes()
    {
        var begin = _time.GetUtcNow();
        var hanging = Hang();
        var waiting = _thread.IsDoneInTimeAsync(hanging);

        Pass(4);
        (_thread.StalledSince, waiting.IsCompleted).Should().Be((null, false));
        Pass(1);

        (await waiting.WaitAsync(Until.Patience)).Should().BeFalse();
        _thread.StalledSince.Should().Be(begin);
        (await _thread.IsDoneInTimeAsync(_thread.RunAsync(() => new ValueTask<bool>(true)))).Should().BeFalse("nobody waits again for a disk that is known to hang");
        _disk.Set();
        await _thread.Idle.WaitAsync(Until.Patience);
        _thread.StalledSince.Should().BeNull();
        _changes.Should().Be(2);
    }

    [Fact]
    public async Task ClockThatJumpsIsNoDiskThatHangs()
    {
        var hanging = Hang();
        var waiting = _thread.IsDoneInTimeAsync(hanging);

        for (var jump = 0; jump < 4; jump++)
            _time.Advance(TimeSpan.FromDays(1));

        _thread.StalledSince.Should().BeNull();
        _disk.Set();
        (await waiting.WaitAsync(Until.Patience)).Should().BeTrue();
        _changes.Should().Be(0);
    }

    [Fact]
    public async Task WaitingBehindOthersCountsToo()
    {
        using var next = new ManualResetEventSlim();
        var first = Hang();
        var second = _thread.RunAsync(() =>
        {
            next.Wait();
            return new ValueTask<int>(2);
        });
        var waiting = _thread.IsDoneInTimeAsync(second);
        Pass(3);
        _disk.Set();
        await first.WaitAsync(Until.Patience);

        Pass(2);

        (await waiting.WaitAsync(Until.Patience)).Should().BeFalse();
        next.Set();
        (await second.WaitAsync(Until.Patience)).Should().Be(2);
    }

    private Task<bool> Hang() => _thread.RunAsync(() =>
    {
        _disk.Wait();
        return new ValueTask<bool>(true);
    });

    private void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++)
            _time.Advance(Second);
    }
}
