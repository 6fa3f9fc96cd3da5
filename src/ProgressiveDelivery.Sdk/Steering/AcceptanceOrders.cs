using ProgressiveDelivery.Sdk.Control;
namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>Hands an operator's order over to the loop, one at a time, and ends the loop's current wait. Safe to use from any thread.</summary>
internal sealed class AcceptanceOrders
{
    // An order that waits longer would meet a document that its author did not mean.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly object _gate = new();
    private readonly TimeProvider _clock;
    private AcceptanceOrder? _pending;
    private CancellationToken _call;
    private Func<Task> _callNow;

    public AcceptanceOrders(TimeProvider clock) => (_clock, (_call, _callNow)) = (clock, NewCall());

    /// <summary>Cancelled once there is an order that is new to the loop.</summary>
    public CancellationToken Call
    {
        get
        {
            lock (_gate)
                return _call;
        }
    }

    /// <summary>Places an order, in place of one that is still to be carried out.</summary>
    public AcceptanceOrder Place(ControlAct act)
    {
        var order = new AcceptanceOrder(act, _clock.GetUtcNow() + (act.ExpiresAfter ?? Patience));
        lock (_gate)
        {
            _pending?.End(new(ControlResult.NotAccepted, "Another order to accept the current document came after this one, and takes its place."));
            _pending = order;
            // What is registered there is the source's code, which may be slow: it runs on the pool.
            _ = _callNow();
        }

        return order;
    }

    /// <summary>Ends the loop's current wait without an order.</summary>
    public void Wake()
    {
        lock (_gate)
            _ = _callNow();
    }

    /// <summary>The order to carry out; null if there is none.</summary>
    public AcceptanceOrder? Pending
    {
        get
        {
            lock (_gate)
            {
                if (_pending is { } late && late.Until <= _clock.GetUtcNow())
                    End(late, new(ControlResult.NotAccepted, "The source sent no document in the time that the order had."));
                return _pending;
            }
        }
    }

    /// <summary>Returns the order to carry out, which is then no longer new to the loop.</summary>
    public AcceptanceOrder? Hear()
    {
        lock (_gate)
        {
            if (_call.IsCancellationRequested)
                (_call, _callNow) = NewCall();
            return Pending;
        }
    }

    /// <summary>Closes: no order is carried out any more.</summary>
    public void Close(ControlOutcome closed)
    {
        lock (_gate)
        {
            if (_pending is { } pending)
                End(pending, closed);
        }
    }

    /// <summary>Ends an order, which is no longer carried out.</summary>
    public void End(AcceptanceOrder order, ControlOutcome outcome)
    {
        lock (_gate)
        {
            if (_pending == order)
                _pending = null;
        }

        order.End(outcome);
    }

    // It has no timer, and so nothing to be disposed of.
    private static (CancellationToken Call, Func<Task> CallNow) NewCall()
    {
        var call = new CancellationTokenSource();
        return (call.Token, call.CancelAsync);
    }
}
