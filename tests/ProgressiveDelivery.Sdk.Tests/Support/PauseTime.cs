using Microsoft.Extensions.Time.Testing;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>
/// A clock that moves on only when somebody waits for it: past the pauses that are begun, the one that ends first before the others.
/// While real work is under way, over a real connection, it stands, so that no limit on that work runs out however slow the machine is.
/// </summary>
internal class PauseTime : FakeTimeProvider
{
    private readonly object _gate = new();
    private readonly HashSet<WatchedTimer> _running = [];

    public PauseTime()
    {
    }

    protected PauseTime(DateTimeOffset start)
        : base(start)
    {
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(dueTime, state, Ended);
        timer.Inner = base.CreateTimer(timer.Ring(callback), state, dueTime, period);
        timer.Due = base.GetUtcNow() + dueTime;
        lock (_gate)
        {
            if (timer.IsRunning && dueTime > TimeSpan.Zero)
                _running.Add(timer);
        }

        return timer;
    }

    /// <summary>Lets every pause pass that is under way or begun, and no longer than a given one, until a task is done.</summary>
    public Task PassPausesAsync(Task task, TimeSpan longest) => PassPausesAsync(() => task.IsCompleted, timer => timer.Length <= longest, _ => { });

    /// <summary>Lets pauses pass until something holds, and none after that.</summary>
    /// <param name="until">Looked at before each pause.</param>
    /// <param name="isPause">Tells which timers pass.</param>
    /// <param name="onPass">Is told of each one before it passes.</param>
    public async Task PassPausesAsync(Func<bool> until, Predicate<WatchedTimer> isPause, Action<WatchedTimer> onPass)
    {
        using var patience = new CancellationTokenSource(Refresh.Until.Patience);
        while (!until())
        {
            patience.Token.ThrowIfCancellationRequested();
            if (Next(isPause) is { } pause)
            {
                onPass(pause);
                Pass(pause);
            }
            else
            {
                await Task.Yield();
            }
        }
    }

    private WatchedTimer? Next(Predicate<WatchedTimer> isPause)
    {
        lock (_gate)
            return _running.OrderBy(timer => timer.Due).FirstOrDefault(timer => isPause(timer));
    }

    private void Pass(WatchedTimer pause)
    {
        if (pause.Due - base.GetUtcNow() is var left && left > TimeSpan.Zero)
            Advance(left);
        else
            Ended(pause);
    }

    private void Ended(WatchedTimer timer)
    {
        lock (_gate)
            _running.Remove(timer);
    }
}
