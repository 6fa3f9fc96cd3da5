using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>
/// One handler and its pump: one call at a time, in order, on a thread of the pool that is taken only while there is a change to
/// report. Changes that come while the handler runs wait as one, from the first one's past to the last one's present.
/// </summary>
internal abstract class ChangeSubscription(ILogger logger, Action<ChangeSubscription> onDispose) : IDisposable
{
    private readonly object _gate = new();
    private FeatureSnapshot? _told;
    private FeatureSnapshot? _waiting;
    private bool _isPumping;
    private bool _hasFailed;

    /// <summary>Indicates whether no call starts any more.</summary>
    protected bool IsStopped { get; private set; }

    /// <summary>Queues a call of the handler, if the change concerns it; returns at once.</summary>
    public void Tell(FeatureSnapshot current)
    {
        lock (_gate)
        {
            if (IsStopped)
                return;
            _waiting = current;
            if (_isPumping)
                return;
            _isPumping = true;
        }

        // Unsafe: the context of the publisher or subscriber (a request, a trace) must not flow into the handler.
        ThreadPool.UnsafeQueueUserWorkItem(static self => self.Pump(), this, preferLocal: false);
    }

    /// <summary>Stops calls: none starts from now on; a running one is not awaited.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            IsStopped = true;
            _waiting = null;
            Release();
        }
    }

    public void Dispose()
    {
        Stop();
        onDispose(this);
    }

    /// <summary>Calls the handler, if the change concerns it.</summary>
    protected abstract void Call(FeatureSnapshot? previous, FeatureSnapshot current);

    /// <summary>Releases the state that only calls need.</summary>
    protected virtual void Release()
    {
    }

    /// <summary>Does something that must not happen once calls have stopped.</summary>
    protected void UnlessStopped(Action act)
    {
        lock (_gate)
        {
            if (!IsStopped)
                act();
        }
    }

    private void Pump()
    {
        while (Next() is var (previous, current))
            TryCall(previous, current);
    }

    private (FeatureSnapshot? Previous, FeatureSnapshot Current)? Next()
    {
        lock (_gate)
        {
            if (_waiting is not { } current)
            {
                _isPumping = false;
                return null;
            }

            var previous = _told;
            (_told, _waiting) = (current, null);
            return (previous, current);
        }
    }

    private void TryCall(FeatureSnapshot? previous, FeatureSnapshot current)
    {
        try
        {
            Call(previous, current);
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
