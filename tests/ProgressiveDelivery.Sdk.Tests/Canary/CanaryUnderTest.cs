using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Testing;
using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Steering;
using Outcome = ProgressiveDelivery.Sdk.Observation.ObservedOutcome;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>Guards and gates over a steering that is played: it remembers each act, and compiles the flags under the positions that hold.</summary>
internal sealed class CanaryUnderTest : ICanarySteering, IDisposable
{
    private readonly object _turn = new();
    private readonly List<GuardTrip> _warned = [];
    private readonly SnapshotServices _services;
    private List<GuardTrip> _trips = [];
    private List<RampPosition> _ramps = [];
    private Action? _changed;
    private SnapshotDefinition _definition = Some.Snapshot();
    private volatile FeatureSnapshot _current;

    public CanaryUnderTest(Dictionary<string, GuardDefinition[]>? ofCode = null)
    {
        _services = Some.Services(Clock);
        _current = FeatureSnapshot.NotReady(_services);
        Services = new(ofCode ?? [], new(Log, "client", Clock), Clock);
        Services.Begin(this, () => _current);
    }

    public TimerCountingClock Clock { get; } = new();

    public FakeLogger Log { get; } = new();

    public CanaryServices Services { get; }

    /// <summary>All trips, also those that only warn.</summary>
    public ConcurrentQueue<GuardTrip> Tripped { get; } = new();

    public ConcurrentQueue<RampPosition> Moved { get; } = new();

    public ConcurrentQueue<(GuardTrip After, string Why)> Probed { get; } = new();

    public ConcurrentQueue<string> Closed { get; } = new();

    /// <summary>Set to play a client that has ended.</summary>
    public bool HasEnded { get; set; }

    public IReadOnlyList<GuardTrip> Trips
    {
        get
        {
            lock (_turn)
                return [.. _trips];
        }
    }

    public IReadOnlyList<RampPosition> Ramps
    {
        get
        {
            lock (_turn)
                return [.. _ramps];
        }
    }

    public GuardStatus Guard => Services.Guards.Should().ContainSingle().Subject;

    public RampStatus Ramp => Services.Ramps.Should().ContainSingle().Subject;

    public void Publish(params FlagDefinition[] flags)
    {
        lock (_turn)
        {
            _definition = Some.Snapshot(flags) with { Version = _definition.Version + 1 };
            PutInForce();
        }
    }

    /// <summary>Plays the trips of an earlier run.</summary>
    public void Restore(params GuardTrip[] trips)
    {
        lock (_turn)
        {
            _trips = [.. trips];
            PutInForce();
        }
    }

    /// <summary>Plays an operator's reset.</summary>
    public void Reset() => Restore();

    public OutcomeWatch[] Watches(string variant = "on", string flag = "flag")
    {
        var compiled = _current.Rules.Find(flag)!;
        return Services.WatchesOf(compiled, compiled.IndexOfVariant(variant));
    }

    public void Good(int count = 1, string variant = "on", string flag = "flag") => Observe(new(OutcomeResult.Success, 0), count, variant, flag);

    public void Bad(int count = 1, string variant = "on", string flag = "flag") => Observe(new(OutcomeResult.Failure, 0), count, variant, flag);

    public void Observe(Outcome outcome, int count = 1, string variant = "on", string flag = "flag")
    {
        var watches = Watches(variant, flag);
        for (var i = 0; i < count; i++)
        {
            foreach (var watch in watches)
                watch.Observe(in outcome);
        }
    }

    /// <summary>Lets time pass in seconds, as a supervisor sees it.</summary>
    public void Wait(TimeSpan time) => Clock.Advance(time);

    public bool Trip(GuardTrip trip) => Act(trip.Flag, trip.Attempt, () =>
    {
        var all = trip.Response == GuardResponse.Warn ? _warned : _trips;
        if (all.Exists(other => (other.Flag, other.Guard, other.Attempt) == (trip.Flag, trip.Guard, trip.Attempt)))
            return false;
        all.Add(trip);
        Tripped.Enqueue(trip);
        return true;
    });

    public bool Probe(GuardTrip before, GuardTrip after, string why) => Act(after.Flag, after.Attempt, () =>
    {
        if (!_trips.Remove(before))
            return false;
        _trips.Add(after);
        Probed.Enqueue((after, why));
        return true;
    });

    public bool Close(GuardTrip trip, string why) => Act(trip.Flag, trip.Attempt, () =>
    {
        Closed.Enqueue(why);
        return _trips.Remove(trip);
    });

    public bool Move(RampPosition position) => Act(position.Flag, position.Attempt, () =>
    {
        _ramps = [.. _ramps.Where(other => (other.Flag, other.Rule) != (position.Flag, position.Rule)), position];
        Moved.Enqueue(position);
        return true;
    });

    public void OnChange(Action changed) => _changed += changed;

    public void Dispose() => Services.Dispose();

    private bool Act(string flag, long attempt, Func<bool> act)
    {
        lock (_turn)
        {
            if (HasEnded || _current.Rules.Find(flag)?.Attempt > attempt || !act())
                return false;
            PutInForce();
            return true;
        }
    }

    // As the client does: the watches are asked for before the rules are in force.
    private void PutInForce()
    {
        _trips.RemoveAll(trip => _definition.Flags.Any(flag => flag.Key == trip.Flag && flag.Attempt > trip.Attempt));
        var rules = SnapshotCompiler.Compile(_definition, new(), _ramps.Aggregate(LocalOverlay.None, static (overlay, position) => overlay.With(position))).Rules;
        foreach (var flag in rules.Flags)
        {
            for (short variant = 0; variant < flag.Variants.Length; variant++)
                Services.WatchesOf(flag, variant);
        }

        _current = new(rules, SnapshotOrigin.Source, _services) { Definition = _definition };
        _changed?.Invoke();
    }
}
