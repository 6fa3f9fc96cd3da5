using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>
/// One thing that is kept on disk and replaced as a whole. The newest state wins: however often it changes while the disk is busy, it
/// is written once more. A failed write stays due. Safe to use from any thread.
/// </summary>
/// <param name="disk">The thread that writes.</param>
/// <param name="write">Writes the state of that moment; returns the fault of the disk, or null. Never throws.</param>
/// <param name="clock">Spreads the attempts at a disk that fails.</param>
internal sealed class DiskSlot(DiskThread disk, Func<ValueTask<string?>> write, TimeProvider clock)
{
    private static readonly TimeSpan MinPause = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private Task<string?>? _next;
    private long? _failedAt;
    private bool _isDue;

    /// <summary>Marks the state as changed, to be written.</summary>
    public void Mark()
    {
        lock (_gate)
            _isDue = true;
    }

    /// <summary>Writes the current state, or a later one; completes with the fault of the disk, or null.</summary>
    public Task<string?> Post()
    {
        lock (_gate)
        {
            _isDue = true;
            return _next ??= disk.RunAsync(WriteAsync);
        }
    }

    /// <summary>Retries a failed write, unless it failed a moment ago.</summary>
    public void Retry()
    {
        lock (_gate)
        {
            if (_isDue && _next is null && !(_failedAt is { } at && clock.GetElapsedTime(at) < MinPause))
                Post();
        }
    }

    /// <summary>Writes the state if it is not written yet; completes when this was tried.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
            return _isDue ? Post() : Task.CompletedTask;
    }

    private async ValueTask<string?> WriteAsync()
    {
        lock (_gate)
            (_next, _isDue) = (null, false);
        var fault = await write().ConfigureAwait(false);
        lock (_gate)
        {
            _isDue |= fault is not null;
            _failedAt = fault is null ? null : clock.GetTimestamp();
        }

        return fault;
    }
}
