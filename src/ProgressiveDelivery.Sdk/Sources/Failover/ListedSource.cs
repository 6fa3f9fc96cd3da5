using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Sources.Failover;

/// <summary>One source of a client's list, and its health. Moments are of the list's clock.</summary>
/// <param name="rank">Its place in the list; 0 is the most preferred.</param>
/// <param name="source">The source.</param>
/// <param name="clock">Measures health.</param>
/// <param name="random">Spreads pauses.</param>
internal sealed class ListedSource(int rank, ISnapshotSource source, TimeProvider clock, Random random)
{
    private const int MaxRefusals = 2;
    private static readonly SnapshotSourceException NotAccepted = new() { Kind = FeatureClientFaultKind.InvalidSnapshot };

    private readonly RetryPace _reads = new(random, clock);
    private readonly RetryPace _waits = new(random, clock);
    private Task<SnapshotReading>? _read;
    private int _refusals;
    private volatile StreamState _stream;

    public int Rank => rank;

    public ISnapshotSource Source => source;

    /// <summary>Its name for people, without what may be secret in an address.</summary>
    public string Name { get; } = SourceText.NameOf(source.Name);

    public ChangeWatch Watch { get; } = new(source, clock);

    /// <summary>The version of its rules that was put in force or confirmed last; null until then.</summary>
    public long? Version { get; private set; }

    /// <summary>Indicates whether that is the newest version that any source of the list has brought.</summary>
    public bool IsInStep { get; private set; }

    /// <summary>Indicates whether its rules were confirmed since it came into use.</summary>
    public bool HasServed { get; private set; }

    /// <summary>Indicates whether there is nothing to read until it changes.</summary>
    public bool AwaitsChange { get; private set; }

    /// <summary>Indicates whether it is never read again.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Indicates whether waiting for it to recover is pointless.</summary>
    public bool IsHopeless { get; private set; }

    /// <summary>Indicates whether its last attempt failed in a way that retries alone do not fix.</summary>
    public bool NeedsAction { get; private set; }

    /// <summary>Indicates whether its loss was reported, and it has not served since.</summary>
    public bool IsMissed { get; set; }

    /// <summary>The time of its last successful read.</summary>
    public TimeSpan ReadAt { get; private set; }

    /// <summary>The time from which it may be read again.</summary>
    public TimeSpan NotBefore { get; private set; }

    /// <summary>The time since which it has failed without interruption; null while it does not fail.</summary>
    public TimeSpan? FailingSince { get; private set; }

    /// <summary>The state of its stream; null if it has none. Safe from any thread.</summary>
    public StreamState? Stream => source is IStreamingSource ? _stream : null;

    /// <summary>Reads the source. An abandoned read that still runs is not started twice.</summary>
    /// <param name="limit">Ends the wait for the read, even if the source ignores it.</param>
    /// <param name="stopping">Ends the read.</param>
    public async Task<SnapshotReading> ReadAsync(CancellationToken limit, CancellationToken stopping)
    {
        await Watch.EndAsync().ConfigureAwait(false);
        if (_read is { IsCompleted: false })
            throw new SnapshotSourceException($"Source '{Name}' continues a read that was canceled. Make its ReadAsync honor the cancellation token.");
        if (_stream == StreamState.Closed)
            _stream = StreamState.Reconnecting;
        var reading = limit.CanBeCanceled
            ? await TryReadAsync(limit, stopping).ConfigureAwait(false)
            : await source.ReadAsync(stopping).ConfigureAwait(false);
        _stream = StreamState.Open;
        return reading;
    }

    /// <summary>Brings it into use; it has not served yet.</summary>
    public void ComeIntoUse() => (HasServed, AwaitsChange) = (false, false);

    /// <summary>Records that the rules in force are the ones that it has.</summary>
    public void Confirmed(TimeSpan now, long version)
    {
        (Version, IsInStep, HasServed, IsMissed) = (version, true, true, false);
        Answered(now);
        _refusals = 0;
    }

    /// <summary>Records that it answered, without news of its rules.</summary>
    public void Answered(TimeSpan now)
    {
        (FailingSince, IsHopeless, NeedsAction, AwaitsChange, ReadAt) = (null, false, false, true, now);
        _reads.Succeeded();
    }

    /// <summary>Records that it is read no more.</summary>
    public void Close() => _stream = StreamState.Closed;

    /// <summary>Records that another source brought newer rules: its next patch must not build on its own.</summary>
    public void FallBehind()
    {
        IsInStep = false;
        StartOver();
    }

    /// <summary>Requests the whole from it, from its beginning.</summary>
    public void StartOver()
    {
        _stream = StreamState.Reconnecting;
        (source as IRestartableSource)?.StartOver();
    }

    /// <summary>Records that its snapshot was rejected.</summary>
    public void Refused(TimeSpan now)
    {
        (FailingSince, NeedsAction, AwaitsChange, ReadAt) = (FailingSince ?? now, true, true, now);
        _stream = StreamState.Reconnecting;
        IsHopeless = ++_refusals >= MaxRefusals;
    }

    /// <summary>Records that it could not be read.</summary>
    public void Failed(TimeSpan now, Exception failure)
    {
        var fault = failure as SnapshotSourceException;
        Leave(now, _reads.After(failure));
        FailingSince ??= now;
        IsStopped |= fault is { IsFinal: true };
        _stream = IsStopped ? StreamState.Closed : StreamState.Reconnecting;
        NeedsAction = fault is { NeedsAction: true };
        IsHopeless = fault is { Kind: FeatureClientFaultKind.AccessDenied } or { IsWrongContent: true }
            || (fault is { Kind: FeatureClientFaultKind.InvalidSnapshot } && ++_refusals >= MaxRefusals);
    }

    /// <summary>Pauses its reads, as after a transient failure.</summary>
    public void Rest(TimeSpan now) => Leave(now, _reads.After(NotAccepted));

    /// <summary>Records that its wait for changes failed. Returns the pause that follows.</summary>
    public TimeSpan WatchFailed(TimeSpan now, Exception failure)
    {
        var pause = _waits.After(failure);
        Leave(now, pause);
        return pause;
    }

    /// <summary>Records a change: it is worth reading again.</summary>
    public void Changed()
    {
        AwaitsChange = false;
        _waits.Succeeded();
    }

    private async Task<SnapshotReading> TryReadAsync(CancellationToken limit, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit, stopping);
        _read = source.ReadAsync(either.Token).AsTask();
        _ = _read.ContinueWith(static read => read.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        try
        {
            return await _read.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (limit.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            throw new SnapshotSourceException($"Source '{Name}' was tried, and did not answer within the time limit ({nameof(FailoverOptions.TryTimeout)}).", e);
        }
    }

    private void Leave(TimeSpan now, TimeSpan pause) => (NotBefore, AwaitsChange) = (now + pause, false);
}
