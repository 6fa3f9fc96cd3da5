using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Audit;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>Maps the endpoints of one page. All of them pass through one gate and have one set of conventions.</summary>
internal static class PageEndpoints
{
    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Writes = [HttpMethods.Post];

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, DiagnosticsPage page)
    {
        var group = endpoints.MapGroup(page.Pattern);
        foreach (var screen in DiagnosticsPage.Screens)
            Add(group, page, screen.Path, Reads, http => page.AnswerAsync(http, screen));
        Add(group, page, "audit.jsonl", Reads, async http => await AuditExport.AnswerAsync(http, await page.ContextOfAsync(http).ConfigureAwait(false)).ConfigureAwait(false));
        Add(group, page, "explain", Writes, http => ExplainEndpoint.AnswerAsync(http, page));
        Add(group, page, "save-context", Reads, http => SaveContextEndpoint.ShowAsync(http, page));
        Add(group, page, "save-context", Writes, http => SaveContextEndpoint.AnswerAsync(http, page));
        Add(group, page, "act", Writes, http => ActEndpoint.AnswerAsync(http, page));
        Add(group, page, "stream", [HttpMethods.Get], http => page.Stream.AnswerAsync(http)).DisableRequestTimeout();
        ApiEndpoints.Map(group, page);
        group.WithMetadata(page, new OutputCacheAttribute { NoStore = true });
        if (page.Options.ViewPolicy is { } policy)
            group.RequireAuthorization(new AuthorizeAttribute(policy));
        return group.WithoutFeatureOutcome().ExcludeFromDescription();
    }

    private static IEndpointConventionBuilder Add(RouteGroupBuilder group, DiagnosticsPage page, string path, string[] methods, RequestDelegate handler) =>
        group.MapMethods("/" + path, methods, page.Gate.Before(handler)).WithDisplayName("Feature diagnostics: " + path);
}
