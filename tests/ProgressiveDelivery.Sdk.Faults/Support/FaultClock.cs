using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>
/// A clock that tests move, and that tells pauses, which the client sits out, from deadlines, which it wants to come before. So a
/// test lets hours of waiting pass at once without any attempt over a real socket running out of time, or lets just that happen.
/// </summary>
public sealed class FaultClock() : FakeTimeProvider(First)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Channel<TimeSpan> _begun = Channel.CreateUnbounded<TimeSpan>();
    private readonly ConcurrentQueue<TimeSpan> _pauses = new();
    private readonly ConcurrentDictionary<RunningTimer, DateTimeOffset> _running = new();

    /// <summary>What it shows at first.</summary>
    public static DateTimeOffset First { get; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Every pause that was begun so far.</summary>
    public IReadOnlyCollection<TimeSpan> Pauses => _pauses;

    /// <summary>How many timers are running.</summary>
    public int Running => _running.Count;

    /// <summary>How many pauses are under way.</summary>
    public int Pausing => _running.Count(timer => timer.Key.Kind == TimerKind.Pause);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new RunningTimer(base.CreateTimer(callback, state, dueTime, period), this, KindOf(state), dueTime);
        _running[timer] = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : GetUtcNow() + dueTime;
        if (timer.Kind == TimerKind.Pause)
        {
            _pauses.Enqueue(dueTime);
            _begun.Writer.TryWrite(dueTime);
        }

        return timer;
    }

    /// <summary>Waits until the client begins its next pause, and tells how long it is; it is not over yet.</summary>
    public async Task<TimeSpan> PauseAsync() => await _begun.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Waits until the client begins its next pause, and lets it pass.</summary>
    public async Task<TimeSpan> SkipPauseAsync()
    {
        var pause = await PauseAsync();
        Advance(pause);
        return pause;
    }

    /// <summary>Lets every pause pass as it is begun, until something holds.</summary>
    public async Task SkipPausesUntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            if (_begun.Reader.TryRead(out var pause)) Advance(pause);
            else await Task.Yield();
        }
    }

    /// <summary>Lets every pause pass as it is begun, until a task is done.</summary>
    public async Task<T> SkipPausesUntilAsync<T>(Task<T> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        await SkipPausesUntilAsync(() => task.IsCompleted);
        return await task;
    }

    /// <summary>
    /// Lets pauses and deadlines run out, the first that ends first, until something holds. Deadlines longer than a given time are left
    /// to run: real work may be under way that they would cut off. While the clock is held, for other real work, none runs out.
    /// </summary>
    public async Task PassTimersUntilAsync(Func<bool> condition, TimeSpan? longest = null, Func<bool>? isHeld = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            var now = GetUtcNow();
            if (isHeld?.Invoke() == true) await Task.Delay(1, patience.Token);
            else if (NextDue(now, longest) is { } due) Advance(due - now);
            else await Task.Yield();
        }
    }

    /// <summary>Waits until the next deadline that the client works against is so far away.</summary>
    public Task DeadlineAsync(TimeSpan away) => Until.HoldsAsync(() => NextDeadline() == GetUtcNow() + away);

    /// <summary>Waits until a timer of any kind is due so far away.</summary>
    public Task TimerAsync(TimeSpan away) => Until.HoldsAsync(() => _running.Values.Contains(GetUtcNow() + away));

    /// <summary>Waits until the client works against a deadline, and lets the first to come run out.</summary>
    public async Task ExpireDeadlineAsync()
    {
        DateTimeOffset? due = null;
        await Until.HoldsAsync(() => (due = NextDeadline()) is not null);
        Advance(due!.Value - GetUtcNow());
    }

    private DateTimeOffset? NextDue(DateTimeOffset now, TimeSpan? longest) => _running
        .Where(timer => timer.Value > now && timer.Value < DateTimeOffset.MaxValue && (timer.Key.Kind == TimerKind.Pause || !(timer.Key.Length > longest)))
        .Select(timer => (DateTimeOffset?)timer.Value).Min();

    private DateTimeOffset? NextDeadline() => _running.Where(timer => timer.Key.Kind == TimerKind.Deadline && timer.Value > GetUtcNow()).Select(timer => timer.Value)
        .Where(due => due < DateTimeOffset.MaxValue).Cast<DateTimeOffset?>().Min();

    // Told by who waits: a source of cancellations, or the promise of Task.Delay.
    private static TimerKind KindOf(object? state) => state switch
    {
        CancellationTokenSource => TimerKind.Deadline,
        Task when state.GetType().Name.StartsWith("DelayPromise", StringComparison.Ordinal) => TimerKind.Pause,
        _ => TimerKind.Other,
    };

    private enum TimerKind
    {
        Other,
        Pause,
        Deadline,
    }

    private sealed record RunningTimer(ITimer Timer, FaultClock Clock, TimerKind Kind, TimeSpan Length) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Clock._running[this] = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : Clock.GetUtcNow() + dueTime;
            return Timer.Change(dueTime, period);
        }

        public void Dispose()
        {
            Clock._running.TryRemove(this, out _);
            Timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        public bool Equals(RunningTimer? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => Timer.GetHashCode();
    }
}
