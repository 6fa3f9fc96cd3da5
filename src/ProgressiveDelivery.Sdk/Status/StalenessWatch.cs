namespace ProgressiveDelivery.Sdk.Status;

/// <summary>
/// Reports when the source has not confirmed the rules within the declared time, and when it has again. It has a timer of its own,
/// since the loop may hang, or be dead. Rules of a local fallback are given the same time to be confirmed.
/// </summary>
internal sealed class StalenessWatch
{
    // Exceeded is later than reached.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private readonly ClientStatusTracker _status;
    private readonly TimeSpan _max;
    private readonly StalenessJournal _journal;
    private readonly TimeProvider _clock;
    private ITimer? _timer;
    private long? _firstRules;
    private bool _isExceeded;

    private StalenessWatch(ClientStatusTracker status, TimeSpan max, StalenessJournal journal, TimeProvider clock) =>
        (_status, _max, _journal, _clock) = (status, max, journal, clock);

    /// <summary>Watches a client until it is closed.</summary>
    public static void Begin(ClientStatusTracker status, TimeSpan max, StalenessJournal journal, TimeProvider clock) =>
        status.Moved += new StalenessWatch(status, max, journal, clock).Look;

    private void Look()
    {
        lock (_gate)
        {
            var status = _status.Current;
            if (status.State == FeatureClientState.Closed)
                End();
            else if (status.HasRules)
                Compare(status, AgeOf(status));
        }
    }

    private TimeSpan AgeOf(FeatureClientStatus status)
    {
        _firstRules ??= _clock.GetTimestamp();
        return status.Age ?? _clock.GetElapsedTime(_firstRules.Value);
    }

    private void Compare(FeatureClientStatus status, TimeSpan age)
    {
        if (age <= _max)
            Recovered(status, age);
        else if (!_isExceeded)
            Exceeded(status);
    }

    private void Exceeded(FeatureClientStatus status)
    {
        _isExceeded = true;
        _journal.Exceeded(status, _max);
    }

    private void Recovered(FeatureClientStatus status, TimeSpan age)
    {
        if (_isExceeded)
            _journal.Recovered(status);
        _isExceeded = false;
        LookIn(_max - age + Moment);
    }

    private void LookIn(TimeSpan pause)
    {
        _timer ??= _clock.CreateTimer(static self => ((StalenessWatch)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(pause, Timeout.InfiniteTimeSpan);
    }

    private void End()
    {
        _status.Moved -= Look;
        _timer?.Dispose();
    }
}
