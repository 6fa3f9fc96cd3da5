namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>
/// Makes an endpoint a candidate for one variant of a flag: of several endpoints of the same route, the one whose variant the request was given is selected. One without this
/// attribute serves all others. Put it on a handler, an action or a controller, or call <c>WithFeatureVariant</c>. Immutable.
/// </summary>
/// <param name="flag">The flag's key; case-sensitive.</param>
/// <param name="variant">The variant's name; case-sensitive.</param>
/// <exception cref="ArgumentException">An argument is null, empty or blank.</exception>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class FeatureVariantAttribute(string flag, string variant) : Attribute
{
    /// <summary>The flag's key.</summary>
    public string Flag { get; } = Required(flag, nameof(flag));

    /// <summary>The variant's name.</summary>
    public string Variant { get; } = Required(variant, nameof(variant));

    /// <summary>The condition on one line.</summary>
    public override string ToString() => $"{Flag} = {Variant}";

    private static string Required(string value, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }
}
