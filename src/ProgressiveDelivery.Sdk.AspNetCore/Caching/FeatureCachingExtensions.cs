using ProgressiveDelivery.Sdk.AspNetCore;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures the caching of responses.</summary>
public static class FeatureCachingExtensions
{
    /// <summary>
    /// Serves requests as <c>AddAspNetCore</c> does, and sets the options of caching: a response for which a flag was asked whose answer depends on the user is not stored where users
    /// share a cache, unless the options say that the flag does not change it.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ProgressiveDeliveryBuilder ConfigureResponseCaching(this ProgressiveDeliveryBuilder builder, Action<FeatureCachingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddAspNetCore();
        builder.Services.Configure(configure);
        return builder;
    }
}
