using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>Puts the middleware before all others.</summary>
internal sealed class RequestStartup : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<RequestMiddleware>();
        next(app);
    };
}
