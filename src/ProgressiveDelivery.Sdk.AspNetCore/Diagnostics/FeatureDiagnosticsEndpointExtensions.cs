using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProgressiveDelivery.Sdk.AspNetCore;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the diagnostics page.</summary>
public static class FeatureDiagnosticsEndpointExtensions
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Maps the diagnostics page of one client of this process: status, flags with their rules, explanations, history, guards, experiments, events and the audit trail, with its JSON API and its
    /// stream below the same path. It needs an authorization policy.
    /// </summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="pattern">The path, such as <c>/_features</c>.</param>
    /// <param name="configure">Sets the options; null keeps the defaults.</param>
    /// <returns>All endpoints of the page, for conventions such as <c>RequireAuthorization</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="pattern"/> is null.</exception>
    public static IEndpointConventionBuilder MapFeatureDiagnostics(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Action<FeatureDiagnosticsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var options = new FeatureDiagnosticsOptions();
        configure?.Invoke(options);
        var services = endpoints.ServiceProvider;
        var site = new Lazy<DiagnosticsSite>(() => new(services, options));
        var page = new DiagnosticsPage(site);

        // From the start on, so that the page knows the last minute when it is first opened. A client that cannot be created is reported by the first request.
        services.GetService<IHostApplicationLifetime>()?.ApplicationStarted.Register(() => _ = site.Value);
        var group = endpoints.MapGroup(pattern);
        foreach (var screen in DiagnosticsPage.Screens)
            group.MapMethods("/" + screen.Path, Methods, (HttpContext http) => page.AnswerAsync(http, screen)).WithDisplayName("Feature diagnostics: " + screen.Path);
        return group.WithoutFeatureOutcome().ExcludeFromDescription();
    }
}
