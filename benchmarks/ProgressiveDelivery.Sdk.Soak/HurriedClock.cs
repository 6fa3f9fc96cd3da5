namespace ProgressiveDelivery.Sdk.Soak;

/// <summary>A clock by which everything waits a fraction of what it thinks: a minute's pause takes three seconds.</summary>
internal sealed class HurriedClock(int haste) : TimeProvider
{
    private readonly DateTimeOffset _began = System.GetUtcNow();
    private readonly long _start = System.GetTimestamp();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _began + GetElapsedTime(_start);

    public override long GetTimestamp() => _start + ((System.GetTimestamp() - _start) * haste);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new HurriedTimer(System.CreateTimer(callback, state, Shorter(dueTime), Shorter(period)), this);

    private TimeSpan Shorter(TimeSpan time) => time > TimeSpan.Zero ? time / haste : time;

    private sealed class HurriedTimer(ITimer timer, HurriedClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Shorter(dueTime), clock.Shorter(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
