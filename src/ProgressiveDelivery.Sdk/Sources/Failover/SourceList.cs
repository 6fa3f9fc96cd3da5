using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Sources.Failover;

/// <summary>
/// A client's sources in order of preference, and the rules by which one of them is in use. It reads nothing: the client's loop
/// takes the next turn, carries it out, and records its result. Only the loop calls it, except <see cref="InUse"/> and <see cref="Streams"/>.
/// </summary>
internal sealed class SourceList
{
    private const double Jitter = 0.1;

    private readonly ListedSource[] _sources;
    private readonly FailoverOptions _options;
    private readonly TimeSpan? _longestWait;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly long _start;
    private ListedSource _inUse;
    private SourceSwitch? _switch;
    private TimeSpan? _tryAt;
    private int _nextTried;

    /// <param name="sources">At least one, the most preferred first.</param>
    /// <param name="options">The times after which another source comes into use.</param>
    /// <param name="longestWait">The longest wait for a source without news; null for no limit.</param>
    /// <param name="clock">Measures all times.</param>
    /// <param name="random">Spreads pauses.</param>
    public SourceList(IReadOnlyList<ISnapshotSource> sources, FailoverOptions options, TimeSpan? longestWait, TimeProvider clock, Random random)
    {
        (_options, _longestWait, _clock, _random, _start) = (options, longestWait, clock, random, clock.GetTimestamp());
        _sources = [.. sources.Select((source, rank) => new ListedSource(rank, source, clock, random))];
        _inUse = _sources[0];
    }

    /// <summary>The source that is read; safe from any thread.</summary>
    public ListedSource InUse => Volatile.Read(ref _inUse);

    /// <summary>Indicates whether there is only one.</summary>
    public bool IsSingle => _sources.Length == 1;

    /// <summary>Indicates whether the last attempt of each failed in a way that retries alone do not fix.</summary>
    public bool NeedAction => Array.TrueForAll(_sources, source => source.NeedsAction);

    /// <summary>The formats of their documents, the most preferred source's first.</summary>
    public IReadOnlyList<ISnapshotFormat> Formats => [.. _sources.Select(source => source.Source.Format)];

    /// <summary>Indicates whether one of them may send kills.</summary>
    public bool MayKill => _sources.Any(source => source.Source is IPatchingSource);

    /// <summary>The state of each source's stream; safe from any thread. The stream of a source that is not in use counts as closed.</summary>
    public IEnumerable<(string Source, StreamState State)> Streams =>
        from source in _sources
        where source.Stream is not null
        select (source.Name, source == InUse && source.Stream is { } state ? state : StreamState.Closed);

    /// <summary>All of them, the most preferred first.</summary>
    public IReadOnlyList<ListedSource> All => _sources;

    private TimeSpan Now => _clock.GetElapsedTime(_start);

    private bool HasOthers => _sources.Any(source => source != _inUse && !source.IsStopped);

    /// <summary>Returns the next turn of the loop.</summary>
    public SourceTurn Next()
    {
        var now = Now;
        if (DueTry(now) is { } preferred) return new(SourceStep.Try, preferred, _options.TryTimeout);

        if (InUse.NotBefore > now && IsPatienceOver(now)) Leave(now);
        var source = InUse;
        if (source.IsStopped) return new(SourceStep.Pause, source);
        if (source.NotBefore > now) return new(SourceStep.Pause, source, Until(Earliest(RestEnd(now), _tryAt), now));
        if (source.AwaitsChange && !(source.ReadAt + _longestWait <= now))
            return new(SourceStep.Watch, source, Until(Earliest(source.ReadAt + _longestWait, _tryAt), now));
        return new(SourceStep.Read, source);
    }

    /// <summary>Takes the change of the source in use that has not been taken yet, if there was one.</summary>
    public SourceSwitch? TakeSwitch()
    {
        var change = _switch;
        _switch = null;
        return change;
    }

    /// <summary>Records that the rules in force, new or not, are the ones that a source has. A preferred one comes back into use.</summary>
    public void Confirmed(ListedSource source, long version, bool isNew)
    {
        foreach (var other in _sources)
            if (isNew && other != source) other.FallBehind();
        if (source != InUse) Use(source, isReturn: true);
        source.Confirmed(Now, version);
        if (source.Rank > 0) _tryAt ??= Now + Period();
    }

    /// <summary>Records that a source answered, without news of its rules.</summary>
    public void Answered(ListedSource source) => source.Answered(Now);

    /// <summary>Records that the snapshot of the source in use was rejected.</summary>
    public void Refused(ListedSource source)
    {
        var now = Now;
        source.Refused(now);
        if (!HasOthers || (source.HasServed && !source.IsHopeless)) return;
        source.Rest(now);
        Leave(now);
    }

    /// <summary>Records that a source could not be read. Returns the pause that follows.</summary>
    public TimeSpan Failed(ListedSource source, Exception failure)
    {
        var now = Now;
        source.Failed(now, failure);
        if (source != InUse)
        {
            (_nextTried, _tryAt) = (source.Rank + 1, now + Period());
            return TimeSpan.Zero;
        }

        if (source.IsStopped || source.IsHopeless || !source.HasServed || IsPatienceOver(now)) Leave(now);
        return RestEnd(now) is var end && end > now ? end - now : TimeSpan.Zero;
    }

    /// <summary>Records that a source's wait for changes failed. Returns the pause that follows.</summary>
    public TimeSpan WatchFailed(ListedSource source, Exception failure) => source.WatchFailed(Now, failure);

    /// <summary>Returns the pause until a source that fails is read again, as it is planned now; null if that is not planned, or is due.</summary>
    public TimeSpan? PauseOf(ListedSource source)
    {
        var now = Now;
        TimeSpan? next = source.IsStopped || source.Rank > InUse.Rank ? null
            : source != InUse && _tryAt is { } at && at > source.NotBefore ? at
            : source.NotBefore;
        return next > now ? next - now : null;
    }

    /// <summary>Closes the sources, as far as they are the client's own.</summary>
    public async ValueTask CloseAsync()
    {
        foreach (var source in _sources)
        {
            await source.Watch.EndAsync().ConfigureAwait(false);
            (source.Source as IPatchingSource)?.Dispose();
            source.Close();
        }
    }

    // The preferred sources take turns. One that is not to be read yet is not tried earlier because others serve.
    private ListedSource? DueTry(TimeSpan now)
    {
        if (_tryAt is not { } at || at > now) return null;

        var rank = InUse.Rank;
        var preferred = Enumerable.Range(_nextTried, rank).Select(i => _sources[i % rank]).Where(source => !source.IsStopped).ToArray();
        if (Array.Find(preferred, source => source.NotBefore <= now) is { } due) return due;

        _tryAt = preferred.Length > 0 ? preferred.Min(source => source.NotBefore) : null;
        return null;
    }

    private bool IsPatienceOver(TimeSpan now) => HasOthers && InUse.FailingSince + _options.DemoteAfter <= now;

    // The limit may end before the pause that the source requested.
    private TimeSpan RestEnd(TimeSpan now)
    {
        var source = InUse;
        var end = source is { HasServed: true } && HasOthers ? source.FailingSince + _options.DemoteAfter : null;
        return end > now && end < source.NotBefore ? end.Value : source.NotBefore;
    }

    private void Leave(TimeSpan now)
    {
        if (Successor(now) is { } next && next != InUse) Use(next, isReturn: false);
    }

    // The next in the list that may be read at once, and round again; else the one that may be read first.
    private ListedSource? Successor(TimeSpan now)
    {
        var round = Enumerable.Range(InUse.Rank + 1, _sources.Length).Select(i => _sources[i % _sources.Length]).Where(source => !source.IsStopped).ToArray();
        return Array.Find(round, source => source.NotBefore <= now) ?? round.MinBy(source => source.NotBefore);
    }

    private void Use(ListedSource next, bool isReturn)
    {
        _switch = new(InUse, next, isReturn);
        Volatile.Write(ref _inUse, next);
        next.ComeIntoUse();
        (_tryAt, _nextTried) = (null, 0);
    }

    private TimeSpan Period() => _options.RetryPreferredAfter * (1 + (Jitter * _random.NextDouble()));

    // Timers count whole milliseconds, and would be over a little too early, again and again.
    private static TimeSpan? Until(TimeSpan? moment, TimeSpan now) =>
        moment is { } end ? TimeSpan.FromMilliseconds(Math.Ceiling((end - now).TotalMilliseconds)) : null;

    private static TimeSpan? Earliest(TimeSpan? one, TimeSpan? other) => other is null || one < other ? one : other;
}
