using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.Gates;

/// <summary>The services that gates need.</summary>
internal static class GateServices
{
    /// <summary>Adds the services; a second call does nothing.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<GateOptions>().ValidateOnStart();
        services.TryAddSingleton<AuthenticationOrder>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GateOptions>, GateOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, GateStartup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, GateMatcherPolicy>());
    }

    public static ILogger LogOf(HttpContext http) => http.RequestServices.GetRequiredService<AuthenticationOrder>().Logger;

    public static InvalidOperationException Missing(string subject) =>
        new($"{subject} finds no feature client for requests. Register it: services.AddProgressiveDelivery(flags => flags.AddAspNetCore()).");
}
