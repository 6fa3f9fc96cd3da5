using System.Security.Cryptography;
using ProgressiveDelivery.Sdk.Sources.Serving;

namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>The state that all streams of one endpoint share: the last events, one timer for heartbeats, and the count of streams.</summary>
internal sealed class SnapshotHub : IDisposable
{
    private readonly object _gate = new();
    private readonly ISnapshotFeed _feed;
    private readonly int _maxSubscribers;
    private readonly ITimer _timer;
    private readonly IDisposable _subscription;
    private HubMoment _now = new(EventRing.Empty, 0);
    private long _rulesVersion;
    private int _subscribers;

    public SnapshotHub(ISnapshotFeed feed, SnapshotEndpointOptions options, SnapshotMeter? meter, TimeProvider clock, CancellationToken stopping)
    {
        (_feed, _maxSubscribers, Meter, Stopping) = (feed, options.MaxSubscribers, meter, stopping);
        _subscription = feed.Subscribe(Add);
        var state = feed.State;
        lock (_gate)
        {
            _rulesVersion = Math.Max(_rulesVersion, state.Version);
            _now = _now with { Ring = _now.Ring.StartingAfter(state.Sequence) };
        }

        _timer = clock.CreateTimer(static hub => ((SnapshotHub)hub!).Beat(), this, options.HeartbeatInterval, options.HeartbeatInterval);
    }

    /// <summary>The name of this run in ids of events.</summary>
    public string Run { get; } = RandomNumberGenerator.GetHexString(12, lowercase: true);

    public SnapshotMeter? Meter { get; }

    /// <summary>Cancelled when the host begins to stop.</summary>
    public CancellationToken Stopping { get; }

    public HubMoment Now => Volatile.Read(ref _now);

    public SnapshotFeedState State => _feed.State;

    /// <summary>The text of a heartbeat at this moment.</summary>
    public ReadOnlyMemory<byte> Pulse => _feed.IsCurrent && State.Format is not null ? EventText.Heartbeat : EventText.Stale;

    /// <summary>Counts a stream; returns false if there are too many.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _subscribers) <= _maxSubscribers)
        {
            Meter?.Entered(1);
            return true;
        }

        Interlocked.Decrement(ref _subscribers);
        return false;
    }

    /// <summary>Ends the count of a stream.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref _subscribers);
        Meter?.Entered(-1);
    }

    /// <summary>Returns the state for a reader without rules. Where signed patches have piled up, a whole document is requested for later ones.</summary>
    public SnapshotFeedState Begin()
    {
        var state = State;
        if (state.IsBehind)
            _feed.RequestDocument();
        return state;
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _timer.Dispose();
        Now.End();
    }

    private void Add(SnapshotFeedEvent next)
    {
        lock (_gate)
        {
            if (next.Kind != SnapshotFeedKind.Kill && next.Version > 0)
                _rulesVersion = next.Version;
            Move(now => new(now.Ring.With(new(next, _rulesVersion)), now.Beat));
        }
    }

    private void Beat()
    {
        lock (_gate)
            Move(static now => new(now.Ring, now.Beat + 1));
    }

    private void Move(Func<HubMoment, HubMoment> step)
    {
        var before = _now;
        Volatile.Write(ref _now, step(before));
        before.End();
    }
}
