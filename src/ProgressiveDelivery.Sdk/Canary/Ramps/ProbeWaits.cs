using ProgressiveDelivery.Sdk.Canary.Guards;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Canary.Ramps;

/// <summary>
/// The waits of tripped guards for their next probe. Their times were set by the system clock, perhaps before a restart; from there on the wait runs by a clock that is never set. Not safe to
/// use from several threads.
/// </summary>
internal sealed class ProbeWaits(TimeProvider clock)
{
    private Dictionary<GuardTrip, Wait> _waits = [];

    public bool IsEmpty => _waits.Count == 0;

    /// <summary>Follows the trips that hold: keeps the waits that go on, and drops those that are over.</summary>
    public void Follow(IEnumerable<Guard> guards)
    {
        var before = _waits;
        _waits = [];
        foreach (var guard in guards)
        {
            if (guard.Trip is { NextProbe: { } at } trip && guard.Definition.Probe is { } probe)
                _waits[trip] = before.TryGetValue(trip, out var known) ? known : new(probe, clock.GetTimestamp(), Limit(at - clock.GetUtcNow(), probe.MaxWait));
        }
    }

    /// <summary>Takes out the waits that are over.</summary>
    public IReadOnlyList<(GuardTrip Trip, ProbeDefinition Probe)> TakeDue()
    {
        List<(GuardTrip, ProbeDefinition)> due = [];
        foreach (var (trip, wait) in _waits)
        {
            if (clock.GetElapsedTime(wait.Since) >= wait.Length)
                due.Add((trip, wait.Probe));
        }

        foreach (var (trip, _) in due)
            _waits.Remove(trip);
        return due;
    }

    private static TimeSpan Limit(TimeSpan wait, TimeSpan most) => wait > most ? most : wait;

    private sealed record Wait(ProbeDefinition Probe, long Since, TimeSpan Length);
}
