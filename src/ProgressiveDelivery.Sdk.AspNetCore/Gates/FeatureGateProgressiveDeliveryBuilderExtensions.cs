using ProgressiveDelivery.Sdk.AspNetCore;
using ProgressiveDelivery.Sdk.AspNetCore.Gates;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sets the options of gates.</summary>
public static class FeatureGateProgressiveDeliveryBuilderExtensions
{
    /// <summary>Sets the options of all gates of the application. <c>AddAspNetCore</c> is needed besides, before or after it.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options: <c>gates => gates.Response = GateResponse.Forbidden</c>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ProgressiveDeliveryBuilder ConfigureGates(this ProgressiveDeliveryBuilder builder, Action<GateOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        GateServices.Add(builder.Services);
        builder.Services.Configure(configure);
        return builder;
    }
}
