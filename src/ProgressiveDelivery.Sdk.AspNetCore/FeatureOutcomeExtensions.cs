using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Leaves requests out of the outcomes of variants.</summary>
public static class FeatureOutcomeExtensions
{
    /// <summary>Leaves endpoints out of the outcomes of the variants given in their requests; see <see cref="WithoutFeatureOutcomeAttribute"/>.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static TBuilder WithoutFeatureOutcome<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new WithoutFeatureOutcomeAttribute());

    /// <summary>Leaves this request out of the outcomes of its variants, for instance because it is answered with 503 on purpose. Call it before the end of the request.</summary>
    /// <param name="http">The request.</param>
    /// <exception cref="ArgumentNullException"><paramref name="http"/> is null.</exception>
    public static void LeaveOutFeatureOutcome(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        RequestOutcome.LeaveOut(http);
    }
}
