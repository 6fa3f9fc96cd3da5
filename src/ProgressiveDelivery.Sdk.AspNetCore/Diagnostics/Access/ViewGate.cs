using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;

/// <summary>Lets requests to the page in, or answers them. All endpoints of a mapping pass through it, so that they have one policy.</summary>
/// <param name="page">The mapping.</param>
internal sealed class ViewGate(DiagnosticsPage page)
{
    /// <summary>Puts the gate before a handler.</summary>
    public RequestDelegate Before(RequestDelegate handler) => async http =>
    {
        PageHeaders.Set(http.Response);
        if (await AdmitAsync(http).ConfigureAwait(false))
            await handler(http).ConfigureAwait(false);
    };

    // The middleware has judged a policy before, but only where the application calls it: a fallback policy without it would protect nothing.
    private async Task<bool> AdmitAsync(HttpContext http)
    {
        var policy = http.GetEndpoint() is { } endpoint ? await ViewPolicy.OfAsync(endpoint, http.RequestServices).ConfigureAwait(false) : null;
        if (policy is null)
            return await AdmitLocalAsync(http).ConfigureAwait(false);
        var evaluator = http.RequestServices.GetRequiredService<IPolicyEvaluator>();
        var authentication = await evaluator.AuthenticateAsync(policy, http).ConfigureAwait(false);
        var result = await evaluator.AuthorizeAsync(policy, authentication, http, http).ConfigureAwait(false);
        if (result.Succeeded)
            return true;
        await RefuseAsync(http, policy, result.Challenged).ConfigureAwait(false);
        return false;
    }

    private async Task<bool> AdmitLocalAsync(HttpContext http)
    {
        var isDevelopment = http.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment();
        if (isDevelopment && LocalConnection.IsLocal(http))
        {
            http.Items[typeof(LocalConnection)] = true;
            return true;
        }

        page.Site.Logger.ViewRefused(page.Pattern, http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(isDevelopment ? "The diagnostics page is open to this machine only (Development). Give it a policy to see it from elsewhere or through a proxy.\n" : "The diagnostics page has no policy.\n").ConfigureAwait(false);
        return false;
    }

    private static async Task RefuseAsync(HttpContext http, AuthorizationPolicy policy, bool isChallenge)
    {
        if (http.RequestServices.GetService<IAuthenticationService>() is null)
        {
            http.Response.StatusCode = isChallenge ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
            return;
        }

        foreach (var scheme in policy.AuthenticationSchemes is { Count: > 0 } schemes ? schemes : [null!])
            await (isChallenge ? http.ChallengeAsync(scheme) : http.ForbidAsync(scheme)).ConfigureAwait(false);
    }
}
