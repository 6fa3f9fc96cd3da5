namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>
/// Does disk work one piece after the other, in order, on a thread of its own. A disk that hangs blocks that thread and no other.
/// The thread starts with the first piece of work and ends with the last one. Safe to use from any thread.
/// </summary>
/// <remarks>
/// The disk is stalled if a piece of work is not done after five ticks of one second. Each tick begins when the one before is over, so
/// that a clock that jumps, or a process that was frozen, counts as one tick.
/// </remarks>
internal sealed class DiskThread(TimeProvider clock)
{
    private const int MaxTicks = 5;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Queue<DiskJob> _jobs = new();
    private TaskCompletionSource _stall = NewSignal();
    private TaskCompletionSource _idle = NewSignal();
    private ITimer? _timer;
    private DateTimeOffset? _stalledSince;
    private int _ticks;

    /// <summary>The longest time that a caller waits for the disk.</summary>
    public static TimeSpan MaxWait => Tick * MaxTicks;

    /// <summary>Called when the disk stalls, and when it answers again. Handlers are quick and do not throw.</summary>
    public event Action? Changed;

    /// <summary>The time since which the disk has not answered; null while it answers.</summary>
    public DateTimeOffset? StalledSince
    {
        get
        {
            lock (_gate)
                return _stalledSince;
        }
    }

    /// <summary>Completes when nothing is left to do.</summary>
    public Task Idle
    {
        get
        {
            lock (_gate)
                return _jobs.Count == 0 ? Task.CompletedTask : _idle.Task;
        }
    }

    /// <summary>Queues work; its task ends with it. A fault that is not awaited is not reported as unobserved.</summary>
    public Task<T> RunAsync<T>(Func<ValueTask<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _jobs.Enqueue(new(() => CompleteAsync(work, done), clock.GetUtcNow()) { CountsFrom = _ticks });
            if (_jobs.Count == 1)
                Begin();
        }

        return done.Task;
    }

    /// <summary>Waits until work is done, or the disk is stalled.</summary>
    /// <returns>True if the work is done.</returns>
    public async Task<bool> IsDoneInTimeAsync(Task work)
    {
        Task stall;
        lock (_gate)
            stall = _stall.Task;
        await Task.WhenAny(work, stall).ConfigureAwait(false);
        return work.IsCompleted;
    }

    private static async Task CompleteAsync<T>(Func<ValueTask<T>> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(await work().ConfigureAwait(false));
        }
        catch (Exception fault)
        {
            done.SetException(fault);
            _ = done.Task.Exception;    // observed: the caller may have stopped waiting
        }
    }

    private void Begin()
    {
        _timer = clock.CreateTimer(static self => ((DiskThread)self!).OnTick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Tick, Timeout.InfiniteTimeSpan);
        if (ExecutionContext.IsFlowSuppressed())
            StartThread();
        else
            using (ExecutionContext.SuppressFlow())
                StartThread();
    }

    private void StartThread() => _ = Task.Factory.StartNew(PumpAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // The real disk completes synchronously, so that all work stays on this thread.
    private async Task PumpAsync()
    {
        for (var job = First(); job is not null; job = Next())
            await job.RunAsync().ConfigureAwait(false);
    }

    private DiskJob First()
    {
        lock (_gate)
            return _jobs.Peek();
    }

    private DiskJob? Next()
    {
        DiskJob? next;
        bool hasRecovered;
        lock (_gate)
        {
            _jobs.Dequeue();
            hasRecovered = Recover();
            if (!_jobs.TryPeek(out next))
                End();
        }

        if (hasRecovered)
            Changed?.Invoke();
        return next;
    }

    private bool Recover()
    {
        if (_stalledSince is null)
            return false;
        (_stalledSince, _stall) = (null, NewSignal());
        foreach (var waiting in _jobs)
            waiting.CountsFrom = _ticks;
        return true;
    }

    private void End()
    {
        _timer!.Dispose();
        _timer = null;
        _idle.SetResult();
        _idle = NewSignal();
    }

    private void OnTick()
    {
        lock (_gate)
        {
            if (_timer is null)
                return;
            _ticks++;
            _timer.Change(Tick, Timeout.InfiniteTimeSpan);
            if (_stalledSince is not null || _ticks - _jobs.Peek().CountsFrom < MaxTicks)
                return;
            _stalledSince = _jobs.Peek().QueuedAt;
            _stall.SetResult();
        }

        Changed?.Invoke();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
