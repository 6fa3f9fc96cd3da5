namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <summary>One refresh: a source was asked, or a stream sent something.</summary>
public sealed record RefreshRecord
{
    /// <summary>The time at which it ended.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>The outcome.</summary>
    public RefreshOutcome Outcome { get; init; }

    /// <summary>The version that was sent; null if none was read.</summary>
    public long? Version { get; init; }

    /// <summary>The time that it took, the wait for an event of a stream left out.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The fault, or the reason for the rejection; null if there is none.</summary>
    public string? Message { get; init; }
}

/// <summary>Outcomes of a refresh.</summary>
public enum RefreshOutcome
{
    /// <summary>The rules were confirmed to be current.</summary>
    Confirmed = 0,

    /// <summary>A newer snapshot or patch was accepted.</summary>
    Accepted,

    /// <summary>A kill was obeyed.</summary>
    Killed,

    /// <summary>A snapshot, patch or kill was rejected.</summary>
    Rejected,

    /// <summary>The source has an older version.</summary>
    Behind,

    /// <summary>The source could not be read.</summary>
    Failed,
}
