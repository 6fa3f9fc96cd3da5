using Microsoft.Extensions.Configuration;
using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds ConfigCat's flags to a client.</summary>
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
        return builder.AddSource(nameof(FromConfigCat), ConfigCatBackend.Description, ConfigCatBackend.Polls, options => options.Configure(configure));
    }

    /// <summary>Polls ConfigCat's flags, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section with the members of <see cref="ConfigCatSourceOptions"/>: <c>SdkKey</c>, <c>Address</c>…</param>
    public static ProgressiveDeliveryBuilder FromConfigCat(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddSource(nameof(FromConfigCat), ConfigCatBackend.Description, ConfigCatBackend.Polls, options => options.BindOnce(section, Bind));
    }

    private static void Bind(IConfiguration section, ConfigCatSourceOptions options)
    {
        new SectionWithout(section, nameof(options.Overrides)).Bind(options);
        options.Overrides = OverridesSection.Read(section.GetSection(nameof(options.Overrides))) ?? options.Overrides;
    }
}
