using System.Text.Json;

namespace ProgressiveDelivery.Sdk.AspNetCore.OpenApi;

/// <summary>A condition of an endpoint on a flag, and whether it can hold for any request.</summary>
/// <param name="Flag">The flag's key.</param>
/// <param name="Variant">The variant that must be given; null if the flag must be on.</param>
/// <param name="IsNegated">True if the condition must not hold.</param>
internal readonly record struct EndpointCondition(string Flag, string? Variant, bool IsNegated)
{
    /// <summary>Returns the conditions in the metadata of an endpoint.</summary>
    public static IEnumerable<EndpointCondition> In(IEnumerable<object> metadata)
    {
        foreach (var item in metadata)
        {
            if (item is IFeatureGateMetadata gate)
                yield return new(gate.Flag, gate.Variant, gate.IsNegated);
            else if (item is FeatureVariantAttribute candidate)
                yield return new(candidate.Flag, candidate.Variant, IsNegated: false);
        }
    }

    /// <summary>Returns whether no request can meet the condition, as the rules stand.</summary>
    /// <param name="flags">The flags in force, by key. A flag that is not there is off.</param>
    public bool IsOffForAll(IReadOnlyDictionary<string, FlagInfo> flags)
    {
        if (!flags.TryGetValue(Flag, out var flag))
            return !IsNegated;
        if (flag.ServedVariants is not { } served)
            return false;
        var holding = flag.Variants.Where(Holds).Select(variant => variant.Name).ToHashSet(StringComparer.Ordinal);
        return IsNegated ? flag.IsConstant && served.Count > 0 && served.All(holding.Contains) : !served.Any(holding.Contains);
    }

    // The value of a boolean flag comes before the state of a variant, as in an answer.
    private bool Holds(VariantInfo variant) =>
        Variant is not null ? string.Equals(variant.Name, Variant, StringComparison.Ordinal)
        : variant.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? variant.Value.ValueKind == JsonValueKind.True
        : variant.IsEnabled == true;
}
