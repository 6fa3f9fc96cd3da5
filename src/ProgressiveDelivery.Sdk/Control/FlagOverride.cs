namespace ProgressiveDelivery.Sdk.Control;

/// <summary>A variant that an operator serves to every context, in place of the rules.</summary>
public sealed record FlagOverride : StandingAct
{
    /// <summary>The flag's key.</summary>
    public required string Flag { get; init; }

    /// <summary>The variant's name.</summary>
    public required string Variant { get; init; }

    /// <summary>Indicates whether it is served: not while the snapshot in force lacks the flag or the variant, or the flag is malformed.</summary>
    public bool HasEffect { get; init; }
}
