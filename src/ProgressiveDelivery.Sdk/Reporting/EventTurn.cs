namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>One round of attempts to deliver one batch. Only an attempt of this round decides, whatever the strategies around it return.</summary>
internal sealed class EventTurn(EventCaller caller, EventBatch batch, CancellationToken giveUp)
{
    private volatile bool _isOver;
    private volatile bool _isDelivered;
    private volatile Exception? _fault;

    public bool IsDelivered => _isDelivered;

    /// <summary>The fault of the last attempt; null if there was none.</summary>
    public Exception? Fault => _fault;

    /// <summary>Attempts to deliver the batch.</summary>
    /// <exception cref="EventSinkException">It was not delivered.</exception>
    public async ValueTask AttemptAsync(CancellationToken cancellationToken)
    {
        if (_isDelivered)
            return;
        if (_isOver)
            throw new OperationCanceledException("The round is over.");
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(giveUp, cancellationToken);
            await caller.SendAsync(batch, either.Token).ConfigureAwait(false);
            _isDelivered = true;
        }
        catch (EventSinkException fault)
        {
            _fault = fault;
            throw;
        }
        catch (Exception fault) when (!giveUp.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _fault = new EventSinkException($"{fault.GetType().Name}: {fault.Message}", fault);
            throw _fault;
        }
    }

    /// <summary>Ends the round: later attempts do nothing.</summary>
    public void End() => _isOver = true;
}
