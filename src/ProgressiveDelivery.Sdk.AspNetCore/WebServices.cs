using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.AspNetCore.Caching;
using ProgressiveDelivery.Sdk.AspNetCore.OpenApi;
using ProgressiveDelivery.Sdk.AspNetCore.Selection;
using ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>Registers the selection of endpoints, the rules of caching, and what the API explorer leaves out. A second call does nothing.</summary>
internal static class WebServices
{
    /// <summary>Adds the services. The middleware of requests must be registered before: that of caching reads its unit of work.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, FeatureVariantMatcherPolicy>());
        services.TryAddSingleton<HiddenEndpoints>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IApiDescriptionProvider, HiddenEndpoints>(static provider => provider.GetRequiredService<HiddenEndpoints>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IActionDescriptorChangeProvider, HiddenEndpoints>(static provider => provider.GetRequiredService<HiddenEndpoints>()));
        services.TryAddSingleton<SharedResponses>();
        services.TryAddSingleton<FeatureOutputCachePolicy>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, CachingStartup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, SnapshotStartup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<OutputCacheOptions>, OutputCacheSetup>());
        services.TryAddSingleton<OutputCacheEviction>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OutputCacheEviction>(static provider => provider.GetRequiredService<OutputCacheEviction>()));
    }
}
