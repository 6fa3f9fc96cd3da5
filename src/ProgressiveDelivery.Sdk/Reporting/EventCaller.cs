namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>
/// Calls one sink, apart from the loop and with a time limit. One call at a time: while a sink hangs in an earlier call it is not called again, and a late
/// success of that call counts as the delivery of its batch.
/// </summary>
internal sealed class EventCaller(IEventSink sink, TimeSpan limit, TimeProvider clock)
{
    private readonly object _gate = new();
    private Call? _call;

    /// <summary>Delivers a batch, or throws.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="giveUp">Ends the wait, and tells the sink to end.</param>
    public async Task SendAsync(EventBatch batch, CancellationToken giveUp)
    {
        while (true)
        {
            var call = Current(batch);
            await WaitAsync(call, giveUp).ConfigureAwait(false);
            if (ReferenceEquals(call.Batch, batch))
                return;
        }
    }

    private Call Current(EventBatch batch)
    {
        lock (_gate)
        {
            // An earlier call of this batch counts if it still runs, or delivered after the wait for it had ended.
            var isUsable = _call is { } earlier && (!earlier.Running.IsCompleted || (earlier.Running.IsCompletedSuccessfully && ReferenceEquals(earlier.Batch, batch)));
            return isUsable ? _call! : _call = Begin(sink, batch);
        }
    }

    private async Task WaitAsync(Call call, CancellationToken giveUp)
    {
        try
        {
            await call.Running.WaitAsync(limit, clock, giveUp).ConfigureAwait(false);
        }
        catch (TimeoutException late) when (!call.Running.IsCompleted)
        {
            call.Cancel();
            throw new EventSinkException($"It did not answer within {limit}.", late);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            call.Cancel();
            throw;
        }
    }

    private static Call Begin(IEventSink sink, EventBatch batch)
    {
        var ending = new CancellationTokenSource();
        var token = ending.Token;

        // On the pool, since it may block; and observed, since it may fail after the wait has ended.
        var running = Task.Run(() => sink.SendAsync(batch, token).AsTask(), CancellationToken.None);
        _ = running.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return new(batch, running, ending);
    }

    private sealed record Call(EventBatch Batch, Task Running, CancellationTokenSource Ending)
    {
        // A sink's registrations on the token may block: they are not awaited.
        public void Cancel() => _ = Ending.CancelAsync();
    }
}
