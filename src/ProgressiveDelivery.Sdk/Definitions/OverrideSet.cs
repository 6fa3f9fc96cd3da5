using System.Collections.Immutable;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>The variants that operators have served in place of flags' answers, one a flag. Immutable; equal sets are the same one for as long as nothing changes.</summary>
internal sealed class OverrideSet
{
    private readonly ImmutableDictionary<string, string> _variants;

    private OverrideSet(ImmutableDictionary<string, string> variants) => _variants = variants;

    public static OverrideSet None { get; } = new(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal));

    public IEnumerable<string> Flags => _variants.Keys;

    /// <summary>The variant that a flag is overridden with; null for one that is not.</summary>
    public string? VariantOf(string flag) => _variants.GetValueOrDefault(flag);

    /// <summary>These and one more, in place of the one that its flag has.</summary>
    public OverrideSet With(string flag, string variant) => Of(_variants.SetItem(flag, variant));

    /// <summary>These without the one of a flag.</summary>
    public OverrideSet Without(string flag) => Of(_variants.Remove(flag));

    private OverrideSet Of(ImmutableDictionary<string, string> variants) => ReferenceEquals(variants, _variants) ? this : new(variants);
}
