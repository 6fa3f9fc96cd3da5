namespace ProgressiveDelivery.Sdk.Control;

/// <summary>An operator's act that holds now, with its author, reason and duration.</summary>
public abstract record StandingAct
{
    private protected StandingAct()
    {
    }

    /// <summary>The author of the act.</summary>
    public required string By { get; init; }

    /// <summary>The reason for the act.</summary>
    public required string Reason { get; init; }

    /// <summary>The time of the act.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The time at which the act undoes itself; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Indicates whether it holds again after a restart.</summary>
    public bool SurvivesRestart { get; init; }
}
