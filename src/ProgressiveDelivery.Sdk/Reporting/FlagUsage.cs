namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The counts of one flag's answers.</summary>
public sealed record FlagUsage
{
    /// <summary>Sets the required members.</summary>
    /// <param name="flag">The <see cref="Flag"/>.</param>
    /// <param name="type">The <see cref="Type"/>.</param>
    /// <param name="version">The <see cref="Version"/>.</param>
    /// <param name="variants">The <see cref="Variants"/>.</param>
    public FlagUsage(string flag, FlagType type, long? version, IReadOnlyList<VariantUsage> variants) =>
        (Flag, Type, Version, Variants) = (flag, type, version, variants);

    /// <summary>The flag's key.</summary>
    public string Flag { get; init; }

    /// <summary>The flag's type.</summary>
    public FlagType Type { get; init; }

    /// <summary>The flag's own version, as its backend counts; null if it has none.</summary>
    public long? Version { get; init; }

    /// <summary>The answers it gave, each at least once.</summary>
    public IReadOnlyList<VariantUsage> Variants { get; init; }
}
