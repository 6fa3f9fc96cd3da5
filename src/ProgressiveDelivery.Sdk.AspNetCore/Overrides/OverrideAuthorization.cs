using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>
/// Authorizes overrides. It comes before the authentication middleware, so it authenticates by itself: handlers keep their result for the request, and the middleware repeats no work.
/// The user is set for the condition alone.
/// </summary>
/// <param name="options">The conditions.</param>
internal sealed class OverrideAuthorization(OverrideOptions options)
{
    /// <summary>Returns the user that overrides flags; null if the request may not.</summary>
    public async Task<OverrideUser?> AuthorizeAsync(HttpContext http)
    {
        var user = http.User;
        try
        {
            if (user.Identity?.IsAuthenticated != true)
                await AuthenticateAsync(http).ConfigureAwait(false);
            if (options.PolicyName is { } policy && !await MeetsAsync(http, policy).ConfigureAwait(false))
                return null;
            if (options.Allow is { } allow && !await allow(http).ConfigureAwait(false))
                return null;
            return OverrideUser.Of(http.User);
        }
        finally
        {
            http.User = user;
        }
    }

    private static async Task AuthenticateAsync(HttpContext http)
    {
        if (http.RequestServices.GetService<IAuthenticationSchemeProvider>() is not { } schemes || await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false) is not { } scheme)
            return;
        var result = await http.AuthenticateAsync(scheme.Name).ConfigureAwait(false);
        if (result.Principal is { } principal)
            http.User = principal;
    }

    private static async Task<bool> MeetsAsync(HttpContext http, string name)
    {
        var services = http.RequestServices;
        var policy = await services.GetRequiredService<IAuthorizationPolicyProvider>().GetPolicyAsync(name).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"Overrides require the policy '{name}', which does not exist. Add it with AddAuthorization, or correct the name given to AllowPolicy.");
        if (policy.AuthenticationSchemes.Count > 0)
            await services.GetRequiredService<IPolicyEvaluator>().AuthenticateAsync(policy, http).ConfigureAwait(false);
        return (await services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(http.User, http, policy).ConfigureAwait(false)).Succeeded;
    }
}
