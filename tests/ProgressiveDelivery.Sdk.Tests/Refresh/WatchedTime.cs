using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>A clock that tests move, and that tells which pauses were begun on it.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero))
{
    private readonly ConcurrentQueue<TimeSpan> _pauses = new();
    private int _timers;

    /// <summary>How many timers there are that nobody has disposed of.</summary>
    public int Timers => Volatile.Read(ref _timers);

    /// <summary>How far the clock on the wall was set; timestamps and timers do not notice.</summary>
    public TimeSpan WallShift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + WallShift;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != Timeout.InfiniteTimeSpan)
            _pauses.Enqueue(dueTime);
        Interlocked.Increment(ref _timers);
        return new CountedTimer(timer, () => Interlocked.Decrement(ref _timers));
    }

    /// <summary>Lets every pause that is begun while a task runs be over at once; longer ones than a given time are left to run.</summary>
    public async Task WithoutPausesAsync(Func<Task> run, TimeSpan? longest = null)
    {
        _pauses.Clear();
        var task = run();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!task.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (!_pauses.TryDequeue(out var pause))
                await Task.Yield();
            else if (longest is null || pause <= longest)
                Advance(pause);
        }

        await task;
    }

    private sealed class CountedTimer(ITimer inner, Action onDispose) : ITimer
    {
        private Action? _onDispose = onDispose;

        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

        public void Dispose()
        {
            inner.Dispose();
            Interlocked.Exchange(ref _onDispose, null)?.Invoke();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
