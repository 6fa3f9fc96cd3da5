using ProgressiveDelivery.Sdk.Control;
namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>
/// Expires acts when their time comes. It uses the system clock, which an expiry refers to and which may be set meanwhile. If nothing
/// expires, there is no timer. Used by one thread at a time.
/// </summary>
internal sealed class ControlExpiry(Func<DateTimeOffset, Task> expire, TimeProvider clock) : IDisposable
{
    // Timers limit their pause, and a clock that was set forward is noticed within a minute.
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>Waits for the next act in a state that expires; not at all if none does.</summary>
    public void Await(SnapshotControlState state)
    {
        var expiries = state.Overrides.Select(put => put.ExpiresAt).Append(state.Hold?.ExpiresAt).OfType<DateTimeOffset>().ToList();
        if (expiries.Count == 0 || _isDisposed)
            End();
        else
            WakeIn(PauseUntil(expiries.Min()));
    }

    public void Dispose()
    {
        _isDisposed = true;
        End();
    }

    private void WakeIn(TimeSpan pause)
    {
        if (_timer is null)
            _timer = clock.CreateTimer(static self => _ = ((ControlExpiry)self!).ExpireAsync(), this, pause, Timeout.InfiniteTimeSpan);
        else
            _timer.Change(pause, Timeout.InfiniteTimeSpan);
    }

    private void End()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private TimeSpan PauseUntil(DateTimeOffset expiry)
    {
        var pause = expiry - clock.GetUtcNow();
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause > MaxPause ? MaxPause : pause;
    }

    private async Task ExpireAsync()
    {
        try
        {
            await expire(clock.GetUtcNow()).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The user's log threw: the act has been undone, and there is nowhere left to report it.
        }
    }
}
