using System.Globalization;
using System.Security.Cryptography;

namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>Announces changes of client-visible flags to all subscribers at once. Safe to use from any thread.</summary>
/// <param name="clock">The time.</param>
internal sealed class FlagChanges(TimeProvider clock) : IDisposable
{
    private readonly object _gate = new();
    private readonly string _run = Convert.ToHexString(RandomNumberGenerator.GetBytes(6));
    private ChangeSignal? _signal;
    private IFeatureSnapshot? _first;
    private IDisposable? _subscription;
    private ITimer? _heart;
    private bool _isOver;

    /// <summary>The time between two signs of life.</summary>
    public static TimeSpan Heartbeat { get; } = TimeSpan.FromSeconds(20);

    /// <summary>The present moment.</summary>
    public ChangeSignal Signal
    {
        get
        {
            lock (_gate)
                return _signal ??= SignalOf(0, null);
        }
    }

    /// <summary>Begins to listen, once.</summary>
    /// <param name="features">The client of the process.</param>
    public void Start(IFeatureClient features)
    {
        lock (_gate)
        {
            if (_isOver || _subscription is not null)
                return;
            _first = features.GetSnapshot();
            _subscription = features.OnChange(Hear);
            _heart = clock.CreateTimer(static self => ((FlagChanges)self!).Beat(), this, Heartbeat, Heartbeat);
        }
    }

    /// <summary>Ends: a call after it has no effect.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _subscription?.Dispose();
            _heart?.Dispose();
            (_subscription, _heart) = (null, null);
        }
    }

    // The first call has the rules in force, which may have changed since the beginning.
    private void Hear(SnapshotChange change)
    {
        var heard = change.Previous is null ? new SnapshotChange(_first, change.Current) : change;
        var (before, now) = (VisibleFlags.Of(heard.Previous!), VisibleFlags.Of(heard.Current));
        if (before.HasSameKeys(now) && !heard.ChangedFlags.Any(flag => now.Find(flag) is not null))
            return;
        lock (_gate)
            Replace(SignalOf((_signal?.Number ?? 0) + 1, clock.GetTimestamp()));
    }

    private void Beat()
    {
        lock (_gate)
        {
            if (_signal is { } present)
                Replace(new(present.Number, present.Id, present.ChangedAt));
        }
    }

    private void Replace(ChangeSignal next)
    {
        var ended = _signal;
        _signal = next;
        ended?.End();
    }

    private ChangeSignal SignalOf(long number, long? changedAt) => new(number, string.Create(CultureInfo.InvariantCulture, $"{_run}-{number}"), changedAt);
}
