namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>When the source last confirmed some rules. One for all snapshots of them, under whatever overlay and hold.</summary>
internal sealed class SnapshotConfirmation(TimeProvider clock)
{
    private long _at;

    /// <summary>How long ago that was; null: never in this run.</summary>
    public TimeSpan? Age => Volatile.Read(ref _at) is var at && at != 0 ? clock.GetElapsedTime(at) : null;

    public void Renew() => Volatile.Write(ref _at, Math.Max(1, clock.GetTimestamp()));
}
