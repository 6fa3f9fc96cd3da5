using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.AspNetCore.Caching;

/// <summary>Keeps responses out of the output cache that are one user's own: a flag was asked whose answer depends on the context, and whose variant is not part of the cache's key.</summary>
/// <param name="shared">Finds such flags.</param>
/// <param name="eviction">Evicts responses when flags change.</param>
/// <param name="logger">Logs what is not stored.</param>
internal sealed class FeatureOutputCachePolicy(SharedResponses shared, OutputCacheEviction eviction, ILogger<FeatureOutputCachePolicy> logger) : IOutputCachePolicy
{
    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        VariedFeatures.Of(context.HttpContext).RulesBefore = eviction.Rules;
        return default;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => default;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.AllowCacheStorage && SharedResponses.ScopeOf(context.HttpContext) is { } scope)
            Decide(context, scope, VariedFeatures.Of(context.HttpContext));
        return default;
    }

    private void Decide(OutputCacheContext context, IFeatureScope scope, VariedFeatures varied)
    {
        var http = context.HttpContext;
        if (varied.FirstChanged(http) is { } changed)
        {
            context.AllowCacheStorage = false;
            Log.UserChangedAfterCache(logger, http.Request.Path, changed);
        }
        else if (shared.FirstPersonal(scope, varied) is { } personal)
        {
            context.AllowCacheStorage = false;
            Log.ResponseIsNotStored(logger, http.Request.Path, personal);
        }
        else
        {
            foreach (var flag in scope.Given.Select(given => given.Flag).Concat(varied.Flags))
                context.Tags.Add(eviction.TagOf(flag));
            context.AllowCacheStorage = context.Tags.Count == 0 || (eviction.Rules is var rules && varied.RulesBefore == rules && scope.Version == rules.Version && eviction.HasHeardOf(rules));
        }
    }
}
