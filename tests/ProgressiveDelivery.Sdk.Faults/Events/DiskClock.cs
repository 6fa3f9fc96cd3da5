using System.Collections.Concurrent;

namespace ProgressiveDelivery.Sdk.Faults.Events;

/// <summary>
/// The bench's clock, but a disk is judged by a time of its own, which stands still until the test says that the disk hangs. So a disk that a busy machine is slow
/// with is not taken for one that does not answer.
/// </summary>
internal sealed class DiskClock(FaultClock clock) : TimeProvider
{
    private const int TicksOfStall = 5;

    private readonly ConcurrentDictionary<DiskTimer, bool> _running = new();

    /// <summary>Whether the disk is at work; not so if the test has said that it hangs.</summary>
    public bool IsDiskBusy => _running.Keys.Any(timer => !timer.IsStalled);

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (state?.GetType().Name != "DiskThread")
            return clock.CreateTimer(callback, state, dueTime, period);
        var timer = new DiskTimer(() => callback(state), _running);
        _running[timer] = true;
        return timer;
    }

    /// <summary>Lets the disk's time pass that is enough for a disk that hangs to be taken for one.</summary>
    public void Stall()
    {
        for (var tick = 0; tick < TicksOfStall; tick++)
        {
            foreach (var timer in _running.Keys)
                timer.Tick();
        }
    }

    private sealed class DiskTimer(Action tick, ConcurrentDictionary<DiskTimer, bool> running) : ITimer
    {
        public bool IsStalled { get; private set; }

        public void Tick()
        {
            IsStalled = true;
            tick();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => running.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
