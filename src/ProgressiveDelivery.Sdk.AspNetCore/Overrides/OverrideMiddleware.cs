using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>Applies the overrides that a request brings.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="overrides">Applies them.</param>
/// <param name="placement">The place that is used.</param>
/// <param name="isExplicit">True at the place that the application chose.</param>
internal sealed class OverrideMiddleware(RequestDelegate next, RequestOverrides overrides, OverridePlacement placement, bool isExplicit)
{
    public Task InvokeAsync(HttpContext http) => isExplicit == placement.IsExplicit && overrides.AreIn(http) && !OverriddenRequest.WasRead(http) ? ApplyAsync(http) : next(http);

    private async Task ApplyAsync(HttpContext http)
    {
        OverriddenRequest.Mark(http, await overrides.ApplyAsync(http).ConfigureAwait(false));
        await next(http).ConfigureAwait(false);
    }
}
