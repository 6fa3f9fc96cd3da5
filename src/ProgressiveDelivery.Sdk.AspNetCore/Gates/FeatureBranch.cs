using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Gates;

/// <summary>Middleware that chooses between two continuations by a flag.</summary>
internal sealed class FeatureBranch(FeatureGate gate, RequestDelegate open, RequestDelegate closed)
{
    private volatile bool _isOrderKnown;

    public Task InvokeAsync(HttpContext http) => _isOrderKnown ? ChooseAsync(http) : ChooseFirstAsync(http);

    private Task ChooseAsync(HttpContext http) => gate.IsOpen(http) ? open(http) : closed(http);

    private async Task ChooseFirstAsync(HttpContext http)
    {
        _isOrderKnown = true;
        await AuthenticationOrder.LogIfMissedAsync(http, gate).ConfigureAwait(false);
        await ChooseAsync(http).ConfigureAwait(false);
    }
}
