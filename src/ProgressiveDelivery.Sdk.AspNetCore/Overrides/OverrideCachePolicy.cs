using Microsoft.AspNetCore.OutputCaching;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>Keeps responses of overridden requests out of the output cache, and such requests from being answered by it, whatever policies follow.</summary>
internal sealed class OverrideCachePolicy : IOutputCachePolicy
{
    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        // Policies that follow may allow the look-up again: under a key of its own it finds nothing.
        if (OverriddenRequest.Is(context.HttpContext))
            context.CacheVaryByRules.VaryByValues["feature-override"] = context.HttpContext.TraceIdentifier + Guid.NewGuid();
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        if (OverriddenRequest.Is(context.HttpContext))
            context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }
}
