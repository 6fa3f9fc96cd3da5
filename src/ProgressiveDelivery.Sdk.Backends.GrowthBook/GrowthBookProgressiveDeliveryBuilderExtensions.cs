using Microsoft.Extensions.Configuration;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds GrowthBook's features to a client.</summary>
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
        return builder.AddSource(nameof(FromGrowthBook), GrowthBookBackend.Description, GrowthBookBackend.Polls, options => options.Configure(configure));
    }

    /// <summary>Polls GrowthBook's features, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section with the members of <see cref="GrowthBookSourceOptions"/>: <c>ClientKey</c>, <c>Address</c>…</param>
    public static ProgressiveDeliveryBuilder FromGrowthBook(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddSource(nameof(FromGrowthBook), GrowthBookBackend.Description, GrowthBookBackend.Polls, options => options.BindOnce(section, static (from, to) => from.Bind(to)));
    }
}
