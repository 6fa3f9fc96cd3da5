namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>A clock whose wall time people set, forwards and back, while its timers and timestamps run on evenly.</summary>
/// <param name="even">Where time passes.</param>
internal sealed class WallClock(TimeProvider even) : TimeProvider
{
    private long _ahead;

    public override long TimestampFrequency => even.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => even.GetUtcNow() + new TimeSpan(Volatile.Read(ref _ahead));

    public override long GetTimestamp() => even.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        even.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets the wall time.</summary>
    public void Show(DateTimeOffset now) => Volatile.Write(ref _ahead, (now - even.GetUtcNow()).Ticks);
}
