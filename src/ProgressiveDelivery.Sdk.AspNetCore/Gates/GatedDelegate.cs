using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Gates;

/// <summary>The code of an endpoint behind gates, all of which must be open. A request that passes costs no allocation.</summary>
internal sealed class GatedDelegate(RequestDelegate next, FeatureGate[] gates, IFeatureGateMetadata[] sources)
{
    private volatile bool _isOrderKnown;

    /// <summary>Returns whether an endpoint enforces a gate by itself.</summary>
    public static bool IsEnforcedBy(Endpoint? endpoint, IFeatureGateMetadata metadata) =>
        endpoint?.RequestDelegate?.Target is GatedDelegate gated && gated.Covers(metadata);

    public Task InvokeAsync(HttpContext http) => _isOrderKnown ? PassAsync(http) : PassFirstAsync(http);

    // By reference: attributes compare themselves by reflection.
    private bool Covers(IFeatureGateMetadata metadata)
    {
        foreach (var source in sources)
        {
            if (ReferenceEquals(source, metadata))
                return true;
        }

        return false;
    }

    private Task PassAsync(HttpContext http)
    {
        foreach (var gate in gates)
        {
            if (!gate.IsOpen(http))
                return gate.RefuseAsync(http);
        }

        return next(http);
    }

    private async Task PassFirstAsync(HttpContext http)
    {
        _isOrderKnown = true;
        await AuthenticationOrder.LogIfMissedAsync(http, gates[0]).ConfigureAwait(false);
        await PassAsync(http).ConfigureAwait(false);
    }
}
