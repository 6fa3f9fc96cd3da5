namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>
/// Receives events, such as a warehouse or a queue. Its code is not trusted: each call runs on the thread pool with a time limit, and a sink that fails or hangs
/// costs no other sink anything. Calls never overlap.
/// </summary>
public interface IEventSink
{
    /// <summary>The name in logs, status and metrics, without secrets. Read once.</summary>
    string Name { get; }

    /// <summary>
    /// Delivers a batch. A call that returns has delivered it: the events are counted as sent. A batch may come again with the same id, if an earlier call failed
    /// after it had delivered.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellationToken">Canceled when the call takes longer than <see cref="EventPipelineOptions.AttemptTimeout"/>, or the client gives up at its end.</param>
    /// <exception cref="EventSinkException">The batch was not delivered. <see cref="EventSinkException.Kind"/> decides what follows; any other exception counts as <see cref="EventSinkFaultKind.Unavailable"/>.</exception>
    ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken);
}
