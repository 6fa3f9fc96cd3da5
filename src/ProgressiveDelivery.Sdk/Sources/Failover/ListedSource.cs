namespace ProgressiveDelivery.Sdk.Sources.Failover;

/// <summary>One source of a client's list, and how it has been doing. Moments are of the list's clock.</summary>
/// <param name="rank">Its place in the list; 0 is the most preferred.</param>
/// <param name="source">The source.</param>
/// <param name="clock">Measures health.</param>
/// <param name="random">Spreads pauses.</param>
internal sealed class ListedSource(int rank, ISnapshotSource source, TimeProvider clock, Random random)
{
    private const int MostRefusals = 2;
    private static readonly SnapshotSourceException NotAccepted = new() { Kind = FeatureClientFaultKind.InvalidSnapshot };

    private readonly RetryPace _reads = new(random, clock);
    private readonly RetryPace _waits = new(random, clock);
    private Task<SnapshotReading>? _read;
    private int _refusals;

    public int Rank => rank;

    public ISnapshotSource Source => source;

    public string Name { get; } = source.Name;

    public ChangeWatch Watch { get; } = new(source, clock);

    /// <summary>The version of its rules that was put in force or confirmed last; null until then.</summary>
    public long? Version { get; private set; }

    /// <summary>Whether that is the newest that any source of the list brought.</summary>
    public bool IsInStep { get; private set; }

    /// <summary>Whether its rules were confirmed since it came into use.</summary>
    public bool HasServed { get; private set; }

    /// <summary>Whether there is nothing to read until it changes.</summary>
    public bool AwaitsChange { get; private set; }

    /// <summary>Whether it is never read again.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Whether waiting for it to become better is pointless.</summary>
    public bool IsHopeless { get; private set; }

    /// <summary>Whether people were told that it was left, and it has not served since.</summary>
    public bool IsMissed { get; set; }

    /// <summary>When it was last read with success.</summary>
    public TimeSpan ReadAt { get; private set; }

    /// <summary>When it may be read again.</summary>
    public TimeSpan NotBefore { get; private set; }

    /// <summary>Since when it fails without interruption; null: it does not.</summary>
    public TimeSpan? FailingSince { get; private set; }

    /// <summary>Reads the source. A read that was given up and goes on is not doubled.</summary>
    /// <param name="limit">Gives the read up, also where the source does not listen.</param>
    /// <param name="stopping">Ends the read.</param>
    public async Task<SnapshotReading> ReadAsync(CancellationToken limit, CancellationToken stopping)
    {
        await Watch.EndAsync().ConfigureAwait(false);
        if (_read is { IsCompleted: false })
            throw new SnapshotSourceException($"Source '{Name}' still goes on with a read that was given up. Have its ReadAsync obey the cancellation token.");
        if (!limit.CanBeCanceled)
            return await source.ReadAsync(stopping).ConfigureAwait(false);

        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit, stopping);
        _read = source.ReadAsync(either.Token).AsTask();
        _ = _read.ContinueWith(static read => read.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        try
        {
            return await _read.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (limit.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            throw new SnapshotSourceException($"Source '{Name}' was tried, and did not answer in the time for that ({nameof(FailoverOptions.TryTimeout)}).", e);
        }
    }

    /// <summary>It has to prove itself.</summary>
    public void ComeIntoUse() => (HasServed, AwaitsChange) = (false, false);

    /// <summary>What is in force is what it has.</summary>
    public void Confirmed(TimeSpan now, long version)
    {
        (Version, IsInStep, HasServed, IsMissed) = (version, true, true, false);
        Answered(now);
        _refusals = 0;
    }

    /// <summary>It is there, and nothing is known of its rules.</summary>
    public void Answered(TimeSpan now)
    {
        (FailingSince, IsHopeless, AwaitsChange, ReadAt) = (null, false, true, now);
        _reads.Succeeded();
    }

    /// <summary>Another source brought newer rules: what it sends next must not build on its own.</summary>
    public void FallBehind()
    {
        IsInStep = false;
        (source as IRestartableSource)?.StartOver();
    }

    /// <summary>What it sent is not accepted.</summary>
    public void Refused(TimeSpan now)
    {
        (FailingSince, AwaitsChange, ReadAt) = (FailingSince ?? now, true, now);
        IsHopeless = ++_refusals >= MostRefusals;
    }

    /// <summary>It could not be read.</summary>
    public void Failed(TimeSpan now, Exception failure)
    {
        var fault = failure as SnapshotSourceException;
        Leave(now, _reads.After(failure));
        FailingSince ??= now;
        IsStopped |= fault is { IsFinal: true };
        IsHopeless = fault is { Kind: FeatureClientFaultKind.Refused } or { IsWrongContent: true }
            || (fault is { Kind: FeatureClientFaultKind.InvalidSnapshot } && ++_refusals >= MostRefusals);
    }

    /// <summary>It is left alone, as after a failure that may pass.</summary>
    public void Rest(TimeSpan now) => Leave(now, _reads.After(NotAccepted));

    /// <summary>It cannot say when it changes. Returns how long it is left alone.</summary>
    public TimeSpan WatchFailed(TimeSpan now, Exception failure)
    {
        var pause = _waits.After(failure);
        Leave(now, pause);
        return pause;
    }

    /// <summary>It is worth reading again.</summary>
    public void Changed()
    {
        AwaitsChange = false;
        _waits.Succeeded();
    }

    private void Leave(TimeSpan now, TimeSpan pause) => (NotBefore, AwaitsChange) = (now + pause, false);
}
