using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Has a client evaluate the feature flags of Microsoft Feature Management.</summary>
public static class FeatureManagementProgressiveDeliveryBuilderExtensions
{
    /// <summary>
    /// Reads feature flags from the application's configuration, and again whenever that is reloaded; so those of Azure App Configuration too, by its own provider.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    public static ProgressiveDeliveryBuilder FromFeatureManagement(this ProgressiveDeliveryBuilder builder) => builder.FromFeatureManagement(_ => { });

    /// <summary>Reads feature flags from a configuration, and again whenever that is reloaded.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configuration">Has <c>feature_management</c> or <c>FeatureManagement</c>.</param>
    public static ProgressiveDeliveryBuilder FromFeatureManagement(this ProgressiveDeliveryBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return builder.FromFeatureManagement(options => options.Configuration = configuration);
    }

    /// <summary>Reads feature flags from a configuration, and again whenever that is reloaded.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options.</param>
    public static ProgressiveDeliveryBuilder FromFeatureManagement(this ProgressiveDeliveryBuilder builder, Action<FeatureManagementSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.From<FeatureManagementSourceOptions>(
            nameof(FromFeatureManagement),
            configure,
            static (options, services) => new ConfigurationSource(
                options.Configuration
                    ?? services.Provider.GetService<IConfiguration>()
                    ?? throw new InvalidOperationException($"{nameof(FromFeatureManagement)} was given no configuration, and the container has none. Give it one: flags.{nameof(FromFeatureManagement)}(configuration)."),
                new FeatureManagementFormat(options.Context, services.Limits)));
    }

    /// <summary>Reads and watches a file with feature flags, in either schema.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="path">The file; a relative path starts at the current folder.</param>
    public static ProgressiveDeliveryBuilder FromFeatureManagementFile(this ProgressiveDeliveryBuilder builder, string path) =>
        builder.FromFeatureManagementFile(file => file.Path = path);

    /// <summary>Reads and watches a file with feature flags, in either schema.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options; the path at least.</param>
    /// <param name="context">What stands for the user and the groups; null: the defaults.</param>
    public static ProgressiveDeliveryBuilder FromFeatureManagementFile(
        this ProgressiveDeliveryBuilder builder, Action<FileSourceOptions> configure, FeatureManagementContextMapping? context = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.FromFile(configure, limits => new FeatureManagementFormat(context, limits));
    }
}
