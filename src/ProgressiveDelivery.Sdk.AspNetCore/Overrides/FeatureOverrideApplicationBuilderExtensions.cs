using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Overrides;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Places the overrides of testers in the pipeline.</summary>
public static class FeatureOverrideApplicationBuilderExtensions
{
    /// <summary>
    /// Applies the overrides of testers here, instead of before all other middleware. Needed only if the condition looks at what a middleware of the application sets: the client address behind
    /// <c>UseForwardedHeaders</c>, or a user that a middleware other than <c>UseAuthentication</c> sets. Flags evaluated before this place follow their rules. Put it before caches.
    /// </summary>
    /// <param name="app">The pipeline.</param>
    /// <exception cref="ArgumentNullException"><paramref name="app"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddFeatureOverrides</c> was not called.</exception>
    public static IApplicationBuilder UseFeatureOverrides(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var placement = app.ApplicationServices.GetService<OverridePlacement>()
            ?? throw new InvalidOperationException("UseFeatureOverrides has no overrides to place. Call AddFeatureOverrides where the feature client is registered.");
        placement.IsExplicit = true;
        return app.UseMiddleware<OverrideMiddleware>(true);
    }
}
