using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>
/// The trips of guards and the positions of rollouts, each for one attempt of its flag. Rules with another attempt are not affected: lower ones, after a step back, until
/// they are left; higher ones end what holds. Used by one thread at a time.
/// </summary>
internal sealed class CanaryBoard
{
    private readonly AttemptTable<GuardTrip> _trips = new(AttemptKey.Of, trip => trip.Since);
    private readonly AttemptTable<RampPosition> _ramps = new(AttemptKey.Of, position => position.Since);

    // A guard that only warned, so that it warns once for each attempt. Nothing holds meanwhile.
    private readonly AttemptTable<GuardTrip> _warned = new(AttemptKey.Of, trip => trip.Since);
    private Served _last = new(LocalOverlay.None, [], [], LocalOverlay.None);

    /// <summary>The trips that hold, by flag, guard and attempt.</summary>
    public IReadOnlyList<GuardTrip> Trips => _trips.All;

    /// <summary>The positions that hold, by flag, rule and attempt.</summary>
    public IReadOnlyList<RampPosition> Ramps => _ramps.All;

    /// <summary>Adds a trip; returns false if the guard has tripped in this attempt.</summary>
    public bool TryTrip(GuardTrip trip) => (trip.Response == GuardResponse.Warn ? _warned : _trips).TryAdd(trip);

    /// <summary>Replaces a trip; returns false if it does not hold any more, or another one has its place.</summary>
    public bool TryReplace(GuardTrip before, GuardTrip after)
    {
        if (AttemptKey.Of(before) != AttemptKey.Of(after) || _trips.Find(AttemptKey.Of(before)) != before)
            return false;
        _trips.Put(after);
        return true;
    }

    /// <summary>Ends a trip; returns false if it does not hold any more.</summary>
    public bool TryClose(GuardTrip trip)
    {
        if (_trips.Find(AttemptKey.Of(trip)) != trip)
            return false;
        _trips.Remove(trip);
        return true;
    }

    public RampPosition? Find(AttemptKey rollout) => _ramps.Find(rollout);

    public void Move(RampPosition position) => _ramps.Put(position);

    /// <summary>Adds what held before a restart, and returns what was added: an entry of this run is newer.</summary>
    public CanaryState Restore(CanaryState restored) => new([.. restored.Trips.Where(_trips.TryAdd)], [.. restored.Ramps.Where(_ramps.TryAdd)]);

    /// <summary>Ends whatever holds for a flag, and returns it, also guards that only warned.</summary>
    public CanaryState Reset(string flag)
    {
        bool IsOfFlag(AttemptKey key) => string.Equals(key.Flag, flag, StringComparison.Ordinal);
        return new([.. _trips.Take(IsOfFlag), .. _warned.Take(IsOfFlag)], _ramps.Take(IsOfFlag));
    }

    /// <summary>Ends what rules with a higher attempt of its flag have overtaken, and returns it.</summary>
    public CanaryState EndOvertaken(Ruleset rules)
    {
        bool IsOvertaken(AttemptKey key) => rules.Find(key.Flag) is { } flag && flag.Attempt > key.Attempt;
        _warned.Take(IsOvertaken);
        return new(_trips.Take(IsOvertaken), _ramps.Take(IsOvertaken));
    }

    /// <summary>Drops what is too many; returns whether anything that held is dropped.</summary>
    public bool DropExcess(Ruleset rules)
    {
        bool IsInUse(string flag) => rules.Find(flag) is not null;
        _warned.DropExcess(IsInUse);
        return _trips.DropExcess(IsInUse) | _ramps.DropExcess(IsInUse);
    }

    /// <summary>Adds what affects rules to an overlay. The result stays the same until a change.</summary>
    public LocalOverlay Over(LocalOverlay overlay, Ruleset rules)
    {
        if (Trips.Count == 0 && Ramps.Count == 0)
            return overlay;
        GuardTrip[] trips = [.. Trips.Where(trip => trip is { Response: GuardResponse.Revert, Served: not null } && IsOf(trip.Flag, trip.Attempt)).GroupBy(trip => trip.Flag, StringComparer.Ordinal).Select(Oldest)];
        RampPosition[] ramps = [.. Ramps.Where(position => IsOf(position.Flag, position.Attempt))];
        if (!_last.Fits(overlay, trips, ramps))
            _last = new(overlay, trips, ramps, ramps.Aggregate(trips.Aggregate(overlay, With), static (under, position) => under.With(position)));
        return _last.Result;

        bool IsOf(string flag, long attempt) => rules.Find(flag)?.Attempt == attempt;
    }

    private static GuardTrip Oldest(IEnumerable<GuardTrip> ofFlag) => ofFlag.MinBy(trip => trip.Since)!;

    // A kill ranks below a guard, but a probe must not give anybody what the backend has killed.
    private static LocalOverlay With(LocalOverlay overlay, GuardTrip trip)
    {
        var isKilled = overlay.Of(trip.Flag).Any(entry => entry.Reason == EvaluationReason.Killed);
        return overlay.With(OverlayEntry.Of(isKilled ? trip with { ProbePercent = null } : trip));
    }

    private sealed record Served(LocalOverlay Under, GuardTrip[] Trips, RampPosition[] Ramps, LocalOverlay Result)
    {
        public bool Fits(LocalOverlay overlay, GuardTrip[] trips, RampPosition[] ramps) =>
            ReferenceEquals(Under, overlay) && Trips.AsSpan().SequenceEqual(trips) && Ramps.AsSpan().SequenceEqual(ramps);
    }
}
