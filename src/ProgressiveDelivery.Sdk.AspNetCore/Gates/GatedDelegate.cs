using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Gates;

/// <summary>The code of an endpoint behind gates, all of which must be open. A request that passes costs no allocation.</summary>
internal sealed class GatedDelegate(RequestDelegate next, FeatureGate[] gates, IReadOnlyList<IFeatureGateMetadata> sources)
{
    private volatile bool _isOrderKnown;

    /// <summary>Returns whether the endpoint of a request enforces a gate by itself.</summary>
    public static bool Enforces(HttpContext http, IFeatureGateMetadata metadata) =>
        http.GetEndpoint()?.RequestDelegate?.Target is GatedDelegate gated && gated.Sources.Contains(metadata);

    private IReadOnlyList<IFeatureGateMetadata> Sources => sources;

    public Task InvokeAsync(HttpContext http) => _isOrderKnown ? PassAsync(http) : PassFirstAsync(http);

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
