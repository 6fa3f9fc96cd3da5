using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>Puts the overrides before the application's own middleware.</summary>
internal sealed class OverrideStartup : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<OverrideMiddleware>(false);
        next(app);
    };
}
