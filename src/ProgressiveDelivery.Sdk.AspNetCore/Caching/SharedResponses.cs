using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.Caching;

/// <summary>Finds the flags that make a response one user's own.</summary>
/// <param name="options">The options.</param>
internal sealed class SharedResponses(IOptions<FeatureCachingOptions> options)
{
    private readonly FeatureCachingOptions _options = options.Value;

    /// <summary>Returns the unit of work of a request; null without one.</summary>
    public static IFeatureScope? ScopeOf(HttpContext http) => http.RequestServices.GetService<FeatureScopeBinding>()?.Scope;

    /// <summary>Returns the first flag asked so far whose answer may differ for another user; null while the response may be shared.</summary>
    /// <param name="scope">The unit of work of the request.</param>
    /// <param name="varied">The flags by whose variants the response is kept apart; null for none.</param>
    public string? FirstPersonal(IFeatureScope scope, VariedFeatures? varied = null)
    {
        foreach (var flag in scope.ContextDependentFlags)
        {
            if (!_options.IgnoredFlags.Contains(flag) && varied?.Covers(flag) != true)
                return flag;
        }

        return null;
    }
}
