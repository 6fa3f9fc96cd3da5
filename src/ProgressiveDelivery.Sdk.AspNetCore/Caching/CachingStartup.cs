using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ProgressiveDelivery.Sdk.AspNetCore.Caching;

/// <summary>Puts the middleware for caching behind that of requests, and before those of the application.</summary>
internal sealed class CachingStartup : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<CachingMiddleware>();
        next(app);
    };
}
