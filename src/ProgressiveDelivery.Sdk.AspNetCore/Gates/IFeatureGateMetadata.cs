namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>
/// Metadata of an endpoint that is reached only if a flag serves the right thing. All gates of an endpoint must be open. Tools read them with
/// <c>endpoint.Metadata.GetOrderedMetadata&lt;IFeatureGateMetadata&gt;()</c>.
/// </summary>
/// <remarks>
/// <c>RequireFeature</c> and <see cref="RequireFeatureAttribute"/> put it on endpoints. Metadata of your own that implements it is enforced as well, on every endpoint that routing selects.
/// </remarks>
public interface IFeatureGateMetadata
{
    /// <summary>The flag's key.</summary>
    string Flag { get; }

    /// <summary>The variant that the gate requires; null if it requires that the flag is on.</summary>
    string? Variant { get; }

    /// <summary>True if the gate requires the opposite: the flag off, or another variant.</summary>
    bool IsNegated { get; }

    /// <summary>The response to a refused request; null for that of <see cref="GateOptions.Response"/>.</summary>
    GateResponse? Response { get; }
}
