namespace ProgressiveDelivery.Sdk;

/// <summary>An operator's act that holds now: who, why, and for how long.</summary>
public abstract record StandingAct
{
    private protected StandingAct()
    {
    }

    /// <summary>Who acted.</summary>
    public required string By { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the act undoes itself; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it holds again after a restart.</summary>
    public bool SurvivesRestart { get; init; }
}
