using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>Has a client evaluate GrowthBook's features.</summary>
public static class GrowthBookProgressiveDeliveryBuilderExtensions
{
    /// <summary>Polls GrowthBook's features, every 60 seconds.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="clientKey">The client key of the SDK connection.</param>
    public static ProgressiveDeliveryBuilder FromGrowthBook(this ProgressiveDeliveryBuilder builder, string clientKey) =>
        builder.FromGrowthBook(options => options.ClientKey = clientKey);

    /// <summary>Polls GrowthBook's features.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options.</param>
    public static ProgressiveDeliveryBuilder FromGrowthBook(this ProgressiveDeliveryBuilder builder, Action<GrowthBookSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.FromHttp<GrowthBookSourceOptions>(nameof(FromGrowthBook), options => options.Configure(configure), static (options, limits) => new GrowthBookFormat(options.Context, options.DecryptionKey, limits) { StickyBucketing = options.StickyBucketing });
    }

    /// <summary>Polls GrowthBook's features, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">Has <see cref="GrowthBookSourceOptions"/>' members: <c>ClientKey</c>, <c>Address</c>…</param>
    public static ProgressiveDeliveryBuilder FromGrowthBook(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.FromHttp<GrowthBookSourceOptions>(nameof(FromGrowthBook), options => options.Bind(section), static (options, limits) => new GrowthBookFormat(options.Context, options.DecryptionKey, limits) { StickyBucketing = options.StickyBucketing });
    }
}
