namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>Says when the next act undoes itself. By the clock on the wall, which is what an expiry names; it may be set meanwhile.</summary>
internal sealed class ControlExpiry : IDisposable
{
    // A timer knows no longer pause, and a clock that was set forward is noticed within a minute.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Func<DateTimeOffset, Task> _expire;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;

    /// <param name="expire">Ends what has expired at a moment.</param>
    /// <param name="clock">Tells the time.</param>
    public ControlExpiry(Func<DateTimeOffset, Task> expire, TimeProvider clock)
    {
        (_expire, _clock) = (expire, clock);
        _timer = clock.CreateTimer(static self => _ = ((ControlExpiry)self!).ExpireAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits for the next act in a state that expires; for nothing where none does.</summary>
    public void Await(SnapshotControlState state)
    {
        var expiries = state.Overrides.Select(put => put.ExpiresAt).Append(state.Hold?.ExpiresAt).OfType<DateTimeOffset>().ToList();
        _timer.Change(expiries.Count == 0 ? Timeout.InfiniteTimeSpan : PauseUntil(expiries.Min()), Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private TimeSpan PauseUntil(DateTimeOffset expiry)
    {
        var pause = expiry - _clock.GetUtcNow();
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause > LongestPause ? LongestPause : pause;
    }

    private async Task ExpireAsync()
    {
        try
        {
            await _expire(_clock.GetUtcNow()).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The user's log threw: the act has been undone, and there is nobody left to tell.
        }
    }
}
