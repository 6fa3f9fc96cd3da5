namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>The time at which the source last confirmed some rules. One for all snapshots of them, under any overlay and hold.</summary>
internal sealed class SnapshotConfirmation(TimeProvider clock)
{
    private long _at;

    /// <summary>The time since then; null if there was no confirmation in this run.</summary>
    public TimeSpan? Age => Volatile.Read(ref _at) is var at && at != 0 ? clock.GetElapsedTime(at) : null;

    public void Renew() => Volatile.Write(ref _at, Math.Max(1, clock.GetTimestamp()));
}
