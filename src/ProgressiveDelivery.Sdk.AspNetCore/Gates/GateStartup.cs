using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ProgressiveDelivery.Sdk.AspNetCore.Gates;

/// <summary>Checks the order of gates and authentication when the application starts.</summary>
internal sealed class GateStartup(AuthenticationOrder order) : IStartupFilter
{
    // A WebApplication is complete before: so the first check sees what the application called, and not what is wired for it afterwards.
    // The Configure method of a Startup class runs in between.
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        order.Check();
        next(app);
        order.Check();
    };
}
