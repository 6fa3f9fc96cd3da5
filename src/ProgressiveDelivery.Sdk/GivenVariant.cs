namespace ProgressiveDelivery.Sdk;

/// <summary>A variant that a unit was given in a unit of work. Immutable.</summary>
public sealed record GivenVariant
{
    /// <summary>The flag's key.</summary>
    public required string Flag { get; init; }

    /// <summary>The variant that was given.</summary>
    public required string Variant { get; init; }

    /// <summary>The key of the experiment that decided; null outside of experiments.</summary>
    public string? Experiment { get; init; }

    /// <summary>The unit that it was given to: that of the experiment, else the targeting key; of a private one a hash. Null if the context has none.</summary>
    public string? Unit { get; init; }

    /// <summary>The kind of the unit: <c>targetingKey</c>, or the reference to the attribute that names it.</summary>
    public string UnitKind { get; init; } = "targetingKey";
}
