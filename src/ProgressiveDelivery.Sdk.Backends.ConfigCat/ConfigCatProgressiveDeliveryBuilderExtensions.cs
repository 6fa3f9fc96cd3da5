using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>Has a client evaluate ConfigCat's flags.</summary>
public static class ConfigCatProgressiveDeliveryBuilderExtensions
{
    /// <summary>Polls ConfigCat's flags, every 60 seconds.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="sdkKey">The environment's SDK key.</param>
    public static ProgressiveDeliveryBuilder FromConfigCat(this ProgressiveDeliveryBuilder builder, string sdkKey) =>
        builder.FromConfigCat(options => options.SdkKey = sdkKey);

    /// <summary>Polls ConfigCat's flags.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options.</param>
    public static ProgressiveDeliveryBuilder FromConfigCat(this ProgressiveDeliveryBuilder builder, Action<ConfigCatSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.FromHttp<ConfigCatSourceOptions>(nameof(FromConfigCat), options => options.Configure(configure), static (options, limits) => new ConfigCatFormat(options.Context, options.Overrides, limits));
    }

    /// <summary>Polls ConfigCat's flags, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">Has <see cref="ConfigCatSourceOptions"/>' members: <c>SdkKey</c>, <c>Address</c>…</param>
    public static ProgressiveDeliveryBuilder FromConfigCat(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.FromHttp<ConfigCatSourceOptions>(nameof(FromConfigCat), options => options.Bind(section), static (options, limits) => new ConfigCatFormat(options.Context, options.Overrides, limits));
    }
}
