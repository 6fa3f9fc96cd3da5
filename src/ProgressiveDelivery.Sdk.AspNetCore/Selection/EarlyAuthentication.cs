using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Selection;

/// <summary>Authenticates a request that a flag is asked for before the application's authentication runs. Handlers keep the result, so that they do the work once.</summary>
internal static class EarlyAuthentication
{
    /// <summary>Sets the user of the request by the default scheme, as the middleware for authentication does, unless it ran or the application authenticates in another way.</summary>
    public static ValueTask EnsureAsync(HttpContext http)
    {
        if (http.Features.Get<IAuthenticationFeature>() is not null || http.User.Identities.Any(identity => identity.IsAuthenticated))
            return default;
        return http.RequestServices.GetService<IAuthenticationSchemeProvider>() is { } schemes ? AuthenticateAsync(http, schemes) : default;
    }

    private static async ValueTask AuthenticateAsync(HttpContext http, IAuthenticationSchemeProvider schemes)
    {
        if (await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false) is not { } scheme)
            return;
        var result = await http.AuthenticateAsync(scheme.Name).ConfigureAwait(false);
        if (result.Principal is { } user)
            http.User = user;
    }
}
