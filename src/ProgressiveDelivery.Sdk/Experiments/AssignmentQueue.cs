using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>
/// Writes new assignments to the store in the background, in order. Bounded. Its loop runs while something waits. Safe to use from any thread.
/// </summary>
/// <param name="capacity">The number of proposals that wait at most.</param>
/// <param name="write">Writes a batch and settles it; false if the store did not do it.</param>
/// <param name="pause">Returns the time to wait after a failure.</param>
/// <param name="counts">Counts what is dropped.</param>
/// <param name="logger">The log.</param>
/// <param name="client">The client's name for people.</param>
/// <param name="clock">Measures pauses.</param>
internal sealed class AssignmentQueue(
    int capacity, Func<IReadOnlyList<AssignmentProposal>, CancellationToken, Task<bool>> write, Func<TimeSpan> pause, AssignmentCounts counts, ILogger logger, string client, TimeProvider clock) : IAsyncDisposable
{
    private const int MaxBatch = 100;

    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxFarewell = TimeSpan.FromSeconds(3);

    private readonly object _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Queue<AssignmentProposal> _waiting = new();
    private AssignmentProposal[] _inFlight = [];
    private Task _running = Task.CompletedTask;
    private Task? _stopped;
    private int _batch = MaxBatch;
    private bool _isFullTold;

    /// <summary>The number of proposals that wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count + _inFlight.Length;
        }
    }

    /// <summary>Adds a proposal, and starts the loop if it does not run.</summary>
    /// <returns>False if there is no room, or the client has ended.</returns>
    public bool TryAdd(AssignmentProposal proposal)
    {
        bool tells;
        lock (_gate)
        {
            if (_stopped is null && _waiting.Count + _inFlight.Length < capacity)
            {
                _waiting.Enqueue(proposal);
                if (_running.IsCompleted)
                    _running = RunDetached();
                return true;
            }

            (tells, _isFullTold) = (!_isFullTold && _stopped is null, true);
        }

        counts.Add(AssignmentResult.Dropped);
        if (tells)
            logger.AssignmentQueueFull(client, capacity);
        return false;
    }

    /// <summary>Completes when nothing waits, or after three seconds.</summary>
    public async Task FlushAsync()
    {
        Task running;
        lock (_gate)
            running = _running;
        await running.WaitAsync(MaxFarewell, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Takes no further proposals, and completes when those that wait are written, or after three seconds. Never fails.</summary>
    public Task StopAsync()
    {
        lock (_gate)
            return _stopped ??= EndAsync();
    }

    public ValueTask DisposeAsync() => new(StopAsync());

    private async Task EndAsync()
    {
        await Task.Yield();
        await FlushAsync().ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        int left;
        lock (_gate)
        {
            left = _waiting.Count + _inFlight.Length;
            _waiting.Clear();
            _inFlight = [];
        }

        if (left == 0)
            return;
        counts.Add(AssignmentResult.Dropped, left);
        logger.AssignmentsLostAtEnd(client, left, MaxFarewell);
    }

    private Task RunDetached()
    {
        if (ExecutionContext.IsFlowSuppressed())
            return Task.Run(RunAsync);
        using (ExecutionContext.SuppressFlow())
            return Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        while (Next() is { Length: > 0 } batch)
        {
            if (await TryWriteAsync(batch).ConfigureAwait(false))
            {
                _batch = Math.Min(MaxBatch, _batch * 2);
                continue;
            }

            Return();
            // Smaller batches find the proposal that the store cannot take, which then holds up no other.
            _batch = Math.Max(1, _batch / 2);
            var rest = pause();
            await Task.Delay(rest < MinPause ? MinPause : rest, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryWriteAsync(AssignmentProposal[] batch)
    {
        try
        {
            return await write(batch, _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever it is, the batch is tried again.
            return false;
        }
    }

    // The loop ends under the lock, so that a proposal added after that starts it anew.
    private AssignmentProposal[] Next()
    {
        lock (_gate)
        {
            _inFlight = [];
            if (_waiting.Count == 0 || _stopping.IsCancellationRequested)
            {
                _running = Task.CompletedTask;
                return [];
            }

            var batch = new AssignmentProposal[Math.Min(_batch, _waiting.Count)];
            for (var i = 0; i < batch.Length; i++)
                batch[i] = _waiting.Dequeue();
            return _inFlight = batch;
        }
    }

    // A proposal that other ones overtake is still judged by what the store has.
    private void Return()
    {
        lock (_gate)
        {
            foreach (var proposal in _inFlight)
                _waiting.Enqueue(proposal);
            _inFlight = [];
        }
    }
}
