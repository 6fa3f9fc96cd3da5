using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;

/// <summary>Finds the policy that protects an endpoint: that of its metadata, else the fallback policy.</summary>
internal static class ViewPolicy
{
    /// <summary>Returns the policy; null if there is none, or <c>AllowAnonymous</c> takes it away.</summary>
    /// <exception cref="InvalidOperationException">A policy that the metadata name does not exist.</exception>
    public static async Task<AuthorizationPolicy?> OfAsync(Endpoint endpoint, IServiceProvider services)
    {
        var metadata = endpoint.Metadata;
        if (metadata.GetMetadata<IAllowAnonymous>() is not null || services.GetService<IAuthorizationPolicyProvider>() is not { } provider)
            return null;
        var policy = await AuthorizationPolicy.CombineAsync(provider, metadata.GetOrderedMetadata<IAuthorizeData>(), metadata.GetOrderedMetadata<AuthorizationPolicy>()).ConfigureAwait(false);
        var requirements = metadata.GetOrderedMetadata<IAuthorizationRequirementData>().SelectMany(static data => data.GetRequirements()).ToArray();
        if (requirements.Length == 0)
            return policy;
        var further = new AuthorizationPolicyBuilder().AddRequirements(requirements).Build();
        return policy is null ? further : AuthorizationPolicy.Combine(policy, further);
    }
}
