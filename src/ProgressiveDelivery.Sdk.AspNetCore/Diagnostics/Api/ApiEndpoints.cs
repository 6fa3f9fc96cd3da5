using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api;

/// <summary>Maps the JSON API of one page, below <c>api</c>. It has the page's gate and conventions.</summary>
internal static class ApiEndpoints
{
    private const string Version = "v1";

    public static void Map(RouteGroupBuilder page, DiagnosticsPage site)
    {
        var api = page.MapGroup("/api");
        foreach (var route in ApiRoutes.All)
        {
            string[] methods = route.Method == HttpMethods.Get ? [HttpMethods.Get, HttpMethods.Head] : [route.Method];
            api.MapMethods($"/{Version}/{route.Path}", methods, site.Gate.Before(http => AnswerAsync(http, site, route))).WithDisplayName("Feature diagnostics: api/" + route.Path);
        }

        api.Map("/{**path}", site.Gate.Before(AnswerUnknownAsync)).WithDisplayName("Feature diagnostics: unknown path of the API");
#if NET10_0_OR_GREATER
        // A program cannot sign in on a page: it gets 401 or 403 in place of a redirect.
        api.DisableCookieRedirect();
#endif
    }

    private static async Task AnswerAsync(HttpContext http, DiagnosticsPage page, ApiRoute route)
    {
        var call = new ApiCall(http, page, await page.ContextOfAsync(http).ConfigureAwait(false));
        var answer = await route.AnswerAsync(call).ConfigureAwait(false);
        await answer.SendAsync(http).ConfigureAwait(false);
    }

    private static Task AnswerUnknownAsync(HttpContext http)
    {
        var path = http.Request.RouteValues["path"] as string ?? "";
        var problem = ApiProblem.NotFound("unknownEndpoint", $"There is no 'api/{SafeText.Cut(path)}'. The endpoints are listed at 'api/{Version}'.");
        if (path.StartsWith(Version, StringComparison.OrdinalIgnoreCase) && ApiRoutes.All.FirstOrDefault(route => route.Matches(path[Version.Length..].Trim('/'))) is { } known)
        {
            var allowed = known.Method == HttpMethods.Get ? "GET, HEAD" : known.Method;
            http.Response.Headers.Allow = allowed;
            problem = ApiProblem.Of(StatusCodes.Status405MethodNotAllowed, "methodNotAllowed", $"'api/{SafeText.Cut(path)}' does not take {SafeText.Cut(http.Request.Method, 20)}. It takes {allowed}.");
        }

        return ApiAnswer.Of(problem).SendAsync(http);
    }
}
