using ProgressiveDelivery.Sdk.AspNetCore.Caching;
using ProgressiveDelivery.Sdk.AspNetCore.Selection;

namespace Microsoft.AspNetCore.OutputCaching;

/// <summary>Keeps the responses of variants apart in the output cache.</summary>
public static class FeatureOutputCachePolicyBuilderExtensions
{
    /// <summary>
    /// Keeps a response for each combination of the variants of flags, and serves a request the one of its own variants. Name each flag that the endpoint asks and whose answer depends on the
    /// user: a response for which another such flag was asked is not stored.
    /// </summary>
    /// <remarks>
    /// The flags are asked for each request, also for one that the cache answers: its user is shown the variant. If the cache comes before authentication, the request is authenticated by the
    /// default scheme first. A response is not stored if the variants are others when it is complete. The cache itself stores nothing for a user who is signed in, unless a policy allows it.
    /// </remarks>
    /// <param name="builder">The policy.</param>
    /// <param name="flags">The flags' keys; case-sensitive.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There is no flag, or a key is null, empty or blank.</exception>
    public static OutputCachePolicyBuilder VaryByFeature(this OutputCachePolicyBuilder builder, params string[] flags)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(flags);
        if (flags.Length == 0)
            throw new ArgumentException("VaryByFeature names no flag. Pass the keys of the flags whose variants change the response.", nameof(flags));
        foreach (var flag in flags)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(flag, nameof(flags));
            builder.VaryByValue(async (http, _) =>
            {
                await EarlyAuthentication.EnsureAsync(http).ConfigureAwait(false);
                return new($"feature:{flag}", VariedFeatures.Of(http).Add(http, flag));
            });
        }

        return builder;
    }
}
