namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// An answer that a snapshot must give to be accepted. If one differs, the current snapshot stays. All processes come to the same verdict: rules see a kind <c>host</c> only
/// if the assertion's context has one.
/// </summary>
public sealed record AssertionDefinition
{
    /// <summary>The flag to evaluate.</summary>
    public required string Flag { get; init; }

    /// <summary>The context of the evaluation.</summary>
    public required EvaluationContext Context { get; init; }

    /// <summary>The expected variant; null if no variant is expected (the caller's fallback).</summary>
    public required string? Variant { get; init; }
}
