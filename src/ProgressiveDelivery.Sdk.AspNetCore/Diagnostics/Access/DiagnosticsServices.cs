using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;

/// <summary>The services that the page needs. They cost nothing until it is mapped.</summary>
internal static class DiagnosticsServices
{
    /// <summary>Adds the services; a second call does nothing.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.TryAddSingleton<DiagnosticsMappings>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DiagnosticsStartup>());
    }

    /// <summary>Returns the list of mappings.</summary>
    /// <exception cref="InvalidOperationException">The application did not call <c>AddAspNetCore</c>.</exception>
    public static DiagnosticsMappings MappingsOf(IServiceProvider services, string pattern) => services.GetService<DiagnosticsMappings>()
        ?? throw Gates.GateServices.Missing($"The diagnostics page at '{pattern}'");
}
