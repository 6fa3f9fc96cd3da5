namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>A timer of a clock that tests move, and whether it still runs.</summary>
internal sealed class WatchedTimer(TimeSpan length, object? waiting, Action<WatchedTimer>? onEnd = null, Action? onDispose = null) : ITimer
{
    private volatile bool _isOver;
    private Action? _onDispose = onDispose;

    public TimeSpan Length => length;

    /// <summary>Whether it is a delay, which its owner sits out; otherwise it may be a limit. Told by who waits: the promise of Task.Delay.</summary>
    public bool IsDelay { get; } = waiting is Task && waiting.GetType().Name.StartsWith("DelayPromise", StringComparison.Ordinal);

    public bool IsRunning => !_isOver;

    /// <summary>When it rings; set once it runs, since the clock may move before that.</summary>
    public DateTimeOffset Due { get; set; }

    public ITimer? Inner { get; set; }

    public TimerCallback Ring(TimerCallback callback) => state =>
    {
        End();
        callback(state);
    };

    public bool Change(TimeSpan dueTime, TimeSpan period) => Inner!.Change(dueTime, period);

    public void Dispose()
    {
        Inner!.Dispose();
        End();
        Interlocked.Exchange(ref _onDispose, null)?.Invoke();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void End()
    {
        _isOver = true;
        onEnd?.Invoke(this);
    }
}
