using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>
/// One handler and its pump: one call at a time, in order, on a thread of the pool that is taken only while there is something to
/// tell. Changes that come while the handler is at work wait as one, from the first one's past to the last one's present.
/// </summary>
internal sealed class ChangeSubscription(Action<SnapshotChange> handler, ILogger logger, Action<ChangeSubscription> onDispose) : IDisposable
{
    private readonly object _gate = new();
    private FeatureSnapshot? _told;
    private FeatureSnapshot? _waiting;
    private bool _isPumping;
    private bool _isStopped;
    private bool _hasFailed;

    /// <summary>Has the handler called soon; returns at once.</summary>
    public void Tell(FeatureSnapshot current)
    {
        lock (_gate)
        {
            if (_isStopped)
                return;
            _waiting = current;
            if (_isPumping)
                return;
            _isPumping = true;
        }

        // Unsafe: nothing of whoever published or subscribed (a request, a trace) is to flow into the handler.
        ThreadPool.UnsafeQueueUserWorkItem(static self => self.Pump(), this, preferLocal: false);
    }

    /// <summary>No call starts from now on; one that is under way is not waited for.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            _waiting = null;
        }
    }

    public void Dispose()
    {
        Stop();
        onDispose(this);
    }

    private void Pump()
    {
        while (Next() is { } change)
            Call(change);
    }

    private SnapshotChange? Next()
    {
        lock (_gate)
        {
            if (_waiting is not { } current)
            {
                _isPumping = false;
                return null;
            }

            var change = new SnapshotChange(_told, current);
            (_told, _waiting) = (current, null);
            return change;
        }
    }

    private void Call(SnapshotChange change)
    {
        try
        {
            handler(change);
        }
        catch (Exception exception)
        {
            Report(exception);
        }
    }

    private void Report(Exception exception)
    {
        try
        {
            if (_hasFailed)
                logger.ChangeHandlerFailedAgain(exception);
            else
                logger.ChangeHandlerFailed(exception);
            _hasFailed = true;
        }
        catch (Exception)
        {
            // A log that throws ends no process.
        }
    }
}
