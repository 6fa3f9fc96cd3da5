using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>A clock that tests move, and that tells which pauses were begun on it.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero))
{
    private readonly ConcurrentQueue<WatchedTimer> _pauses = new();
    private int _timers;

    /// <summary>How many timers there are that nobody has disposed of.</summary>
    public int Timers => Volatile.Read(ref _timers);

    /// <summary>How far the clock on the wall was set; timestamps and timers do not notice.</summary>
    public TimeSpan WallShift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + WallShift;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(dueTime, state, onDispose: () => Interlocked.Decrement(ref _timers));
        timer.Inner = base.CreateTimer(timer.Ring(callback), state, dueTime, period);
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            // Not before it runs: the clock may move in between, and would then end short of it.
            timer.Due = base.GetUtcNow() + dueTime;
            _pauses.Enqueue(timer);
        }

        Interlocked.Increment(ref _timers);
        return timer;
    }

    /// <summary>
    /// Lets every pause be over at once that is begun while a task runs; longer ones than a given time are left to run. A delay that
    /// was begun before counts as well, since the client's loop may be in one, and what the test waits for behind it; a limit on
    /// something that a test began before does not, unless it asks for that.
    /// </summary>
    public async Task WithoutPausesAsync(Func<Task> run, TimeSpan? longest = null, bool limitsToo = false)
    {
        for (var begun = _pauses.Count; begun > 0 && _pauses.TryDequeue(out var earlier); begun--)
            if (earlier.IsDelay || limitsToo)
                _pauses.Enqueue(earlier);
        var task = run();
        using var patience = new CancellationTokenSource(Until.Patience);
        while (!task.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (!_pauses.TryDequeue(out var pause))
                await Task.Yield();
            else if (pause.IsRunning && !(pause.Length > longest))
                Pass(pause);
        }

        await task;
    }

    private void Pass(WatchedTimer pause)
    {
        if (pause.Due - base.GetUtcNow() is var left && left > TimeSpan.Zero)
            Advance(left);
    }
}
