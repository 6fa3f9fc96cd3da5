using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>Makes a request's scope a unit of work.</summary>
/// <param name="next">The rest of the pipeline.</param>
internal sealed class RequestMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var binding = http.RequestServices.GetRequiredService<FeatureScopeBinding>();
        binding.Begin(new RequestContextReader(http));
        try
        {
            await next(http).ConfigureAwait(false);
        }
        finally
        {
            binding.End();
        }
    }
}
