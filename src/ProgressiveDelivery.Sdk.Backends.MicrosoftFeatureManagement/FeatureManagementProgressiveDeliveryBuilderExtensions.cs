using Microsoft.Extensions.Configuration;
using ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the feature flags of Microsoft Feature Management to a client.</summary>
public static class FeatureManagementProgressiveDeliveryBuilderExtensions
{
    /// <summary>
    /// Reads feature flags from the application's configuration, and again after each reload. This includes Azure App Configuration, through its own provider.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    public static ProgressiveDeliveryBuilder FromFeatureManagement(this ProgressiveDeliveryBuilder builder) => builder.FromFeatureManagement(static _ => { });

    /// <summary>Reads feature flags from the application's configuration, or from another one, and again after each reload.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options.</param>
    public static ProgressiveDeliveryBuilder FromFeatureManagement(this ProgressiveDeliveryBuilder builder, Action<FeatureManagementSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.AddSource(nameof(FromFeatureManagement), FeatureManagementBackend.OfConfiguration, FeatureManagementBackend.Configuration, options => options.Configure(configure));
    }

    /// <summary>
    /// Reads feature flags from the application's configuration, and again after each reload, with options from configuration. The section holds the
    /// options, not the flags: pass a section with flags to <see cref="FromFeatureManagementSection"/>.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section with the members of <see cref="FeatureManagementSourceOptions"/>: <c>Context:User</c>…</param>
    public static ProgressiveDeliveryBuilder FromFeatureManagement(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddSource(nameof(FromFeatureManagement), FeatureManagementBackend.OfConfiguration, FeatureManagementBackend.Configuration, options => options.BindOnce(section, static (from, to) => from.GetSection(nameof(to.Context)).Bind(to.Context)));
    }

    /// <summary>Reads feature flags from a configuration, and again after each reload.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="flags">The configuration with <c>feature_management</c> or <c>FeatureManagement</c>; if it has neither, with flags of the older schema at its root.</param>
    public static ProgressiveDeliveryBuilder FromFeatureManagementSection(this ProgressiveDeliveryBuilder builder, IConfiguration flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        return builder.FromFeatureManagement(options => options.Configuration = flags);
    }

    /// <summary>Reads and watches a file with feature flags, in either schema.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="path">The file; a relative path starts at the host's content root, or without a host at <see cref="AppContext.BaseDirectory"/>.</param>
    public static ProgressiveDeliveryBuilder FromFeatureManagementFile(this ProgressiveDeliveryBuilder builder, string path) =>
        builder.FromFeatureManagementFile(file => file.Path = path);

    /// <summary>Reads and watches a file with feature flags, in either schema.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options; the path is required.</param>
    public static ProgressiveDeliveryBuilder FromFeatureManagementFile(this ProgressiveDeliveryBuilder builder, Action<FeatureManagementFileOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.AddSource(nameof(FromFeatureManagementFile), FeatureManagementBackend.OfFiles, FeatureManagementBackend.File, options => options.Configure(configure));
    }

    /// <summary>Reads and watches a file with feature flags, in either schema, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section with the members of <see cref="FeatureManagementFileOptions"/>: <c>Path</c>, <c>Context:User</c>…</param>
    public static ProgressiveDeliveryBuilder FromFeatureManagementFile(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddSource(nameof(FromFeatureManagementFile), FeatureManagementBackend.OfFiles, FeatureManagementBackend.File, options => options.BindOnce(section, static (from, to) => from.Bind(to)));
    }
}
