using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ProgressiveDelivery.Sdk.AspNetCore.Caching;

/// <summary>Makes responses private for which a flag was asked whose answer depends on the user.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="shared">Finds such flags.</param>
internal sealed class CachingMiddleware(RequestDelegate next, SharedResponses shared)
{
    public Task InvokeAsync(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? WatchAsync(http) : next(http);

    private async Task WatchAsync(HttpContext http)
    {
        if (SharedResponses.ScopeOf(http) is not { } scope || http.Features.Get<IHttpResponseFeature>() is not { } inner)
        {
            await next(http).ConfigureAwait(false);
            return;
        }

        var response = new PersonalResponse(inner, scope, shared);
        http.Features.Set<IHttpResponseFeature>(response);
        inner.OnStarting(static state => { ((PersonalResponse)state).Mark(); return Task.CompletedTask; }, response);
        try
        {
            await next(http).ConfigureAwait(false);
        }
        finally
        {
            http.Features.Set(inner);
        }
    }
}
