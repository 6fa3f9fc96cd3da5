namespace ProgressiveDelivery.Sdk.Control;

/// <summary>A context that gets another variant.</summary>
public sealed record VariantMove
{
    /// <summary>Sets the required members.</summary>
    /// <param name="flag">The <see cref="Flag"/>.</param>
    /// <param name="targetingKey">The <see cref="TargetingKey"/>.</param>
    /// <param name="from">The <see cref="From"/>.</param>
    /// <param name="to">The <see cref="To"/>.</param>
    public VariantMove(string flag, string? targetingKey, string? from, string? to) =>
        (Flag, TargetingKey, From, To) = (flag, targetingKey, from, to);

    /// <summary>The flag's key.</summary>
    public string Flag { get; init; }

    /// <summary>The context's targeting key; null for one without.</summary>
    public string? TargetingKey { get; init; }

    /// <summary>The variant before; null for the caller's fallback.</summary>
    public string? From { get; init; }

    /// <summary>The variant after; null for the caller's fallback.</summary>
    public string? To { get; init; }
}
