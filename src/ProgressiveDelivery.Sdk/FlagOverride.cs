namespace ProgressiveDelivery.Sdk;

/// <summary>A variant that an operator has served to everybody, whatever the rules say.</summary>
public sealed record FlagOverride : StandingAct
{
    /// <summary>The flag's key.</summary>
    public required string Flag { get; init; }

    /// <summary>The variant's name.</summary>
    public required string Variant { get; init; }

    /// <summary>Whether it is served: not while the snapshot in force lacks the flag or the variant, or the flag is malformed.</summary>
    public bool HasEffect { get; init; }
}
