namespace ProgressiveDelivery.Sdk;

/// <summary>The variants that a context or a unit of work forces, one for each flag. Immutable, except for a note.</summary>
internal sealed class ForcedVariantSet : IEquatable<ForcedVariantSet>
{
    private readonly ForcedVariant[] _variants;
    private volatile object? _notedUnder;

    private ForcedVariantSet(ForcedVariant[] variants) => _variants = variants;

    /// <summary>The rules under which it was last recorded; null if it was not.</summary>
    public object? NotedUnder
    {
        get => _notedUnder;
        set => _notedUnder = value;
    }

    public IReadOnlyList<ForcedVariant> List => Array.AsReadOnly(_variants);

    /// <summary>Returns a set with one variant added, in place of one of the same flag.</summary>
    /// <exception cref="ArgumentException">A text is null or blank.</exception>
    public static ForcedVariantSet With(ForcedVariantSet? set, string flag, string variant, string by)
    {
        ArgumentException.ThrowIfNullOrEmpty(flag);
        ArgumentException.ThrowIfNullOrEmpty(variant);
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        return new([.. (set?._variants ?? []).Where(forced => forced.Flag != flag), new(flag, variant, by)]);
    }

    /// <summary>Finds the variant of a flag.</summary>
    public ForcedVariant? Find(string flag)
    {
        foreach (var forced in _variants)
        {
            if (forced.Flag == flag)
                return forced;
        }

        return null;
    }

    public bool Equals(ForcedVariantSet? other) => other is not null && _variants.AsSpan().SequenceEqual(other._variants);

    public override bool Equals(object? obj) => Equals(obj as ForcedVariantSet);

    public override int GetHashCode() => _variants.Length;
}
