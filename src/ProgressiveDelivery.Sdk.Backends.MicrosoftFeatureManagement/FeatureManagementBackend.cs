using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>The descriptions of feature flags in configuration and in files.</summary>
internal static class FeatureManagementBackend
{
    public static Backend<FeatureManagementSourceOptions> OfConfiguration { get; } = new()
    {
        Format = static (options, limits) => new FeatureManagementFormat(options.Context, limits),
        Context = static options => options.Context,
    };

    public static BackendSource<FeatureManagementSourceOptions> Configuration { get; } = new()
    {
        Kind = "configuration",
        Create = static (options, format, services) => new ConfigurationSource(ConfigurationOf(options, services), options.Configuration is not null, format),
    };

    public static Backend<FeatureManagementFileOptions> OfFiles { get; } = new()
    {
        Format = static (options, limits) => new FeatureManagementFormat(options.Context, limits),
        Context = static options => options.Context,
    };

    public static BackendFile<FeatureManagementFileOptions> File { get; } = new();

    private static IConfiguration ConfigurationOf(FeatureManagementSourceOptions options, SourceServices services) =>
        options.Configuration
        ?? services.Provider.GetService<IConfiguration>()
        ?? throw new InvalidOperationException("FromFeatureManagement was given no configuration, and the container has none. Give it one: flags.FromFeatureManagementSection(configuration).");
}
