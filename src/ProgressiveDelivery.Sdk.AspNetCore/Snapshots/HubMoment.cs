namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>The events at one moment, and the wait for the next. Immutable but for the wait.</summary>
/// <param name="Ring">The last events.</param>
/// <param name="Beat">The number of heartbeats so far.</param>
internal sealed record HubMoment(EventRing Ring, long Beat)
{
    private readonly TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next event or heartbeat.</summary>
    public Task Next => _next.Task;

    /// <summary>Ends the wait.</summary>
    public void End() => _next.TrySetResult();
}
