using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>
/// Reports kills of one kind: the first ones of a burst each, and at once; the others by their number, once a minute. Safe to use from
/// any thread.
/// </summary>
/// <param name="max">The number of kills of a burst that are reported each.</param>
/// <param name="report">Reports one.</param>
/// <param name="reportMore">Reports further ones: their number, and the last of them.</param>
/// <param name="clock">Measures the minute.</param>
internal sealed class KillTally(int max, Action<SnapshotKill> report, Action<int, SnapshotKill> reportMore, TimeProvider clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private ITimer? _timer;
    private SnapshotKill? _last;
    private int _count;
    private int _more;
    private bool _hasEnded;

    public void Add(SnapshotKill kill)
    {
        lock (_gate)
        {
            if (_count == 0)
                Begin();
            if (_count++ < max)
                report(kill);
            else
                (_last, _more) = (kill, _more + 1);
        }
    }

    /// <summary>Reports the rest when the client ends. A kill that was on its way then is still reported.</summary>
    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            EndBurst();
        }
    }

    private void EndBurst()
    {
        ReportMore();
        _timer?.Dispose();
        (_timer, _count) = (null, 0);
    }

    private void Begin()
    {
        if (_hasEnded)
            return;
        _timer = clock.CreateTimer(static self => ((KillTally)self!).OnPeriod(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Period, Timeout.InfiniteTimeSpan);
    }

    private void OnPeriod()
    {
        lock (_gate)
        {
            if (_more == 0)
                EndBurst();
            ReportMore();
            _timer?.Change(Period, Timeout.InfiniteTimeSpan);
        }
    }

    private void ReportMore()
    {
        if (_more > 0)
            reportMore(_more, _last!);
        _more = 0;
    }
}
