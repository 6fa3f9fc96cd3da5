using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Routing;
using ProgressiveDelivery.Sdk.AspNetCore;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the diagnostics page.</summary>
public static class FeatureDiagnosticsEndpointExtensions
{
    /// <summary>
    /// Maps the diagnostics page of one client of this process: status, flags with their rules, explanations, history, guards, experiments, events and the audit trail, with its data and its
    /// stream below the same path.
    /// </summary>
    /// <remarks>
    /// The page needs an authorization policy: <see cref="FeatureDiagnosticsOptions.ViewPolicy"/>, or <c>RequireAuthorization</c> on what this method returns, or a fallback policy of the application.
    /// Without one, the start of the host fails; in Development the page then answers connections from this machine only. <c>AllowAnonymous</c> counts as no policy.
    /// The client needs <c>AddAspNetCore</c>. It may be mapped several times, also for several clients. Safe to use while the application is built, from one thread.
    /// </remarks>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="pattern">The path, such as <c>/_features</c>.</param>
    /// <param name="configure">Sets the options; null keeps the defaults.</param>
    /// <returns>All endpoints of the page, for conventions such as <c>RequireAuthorization</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="pattern"/> is null.</exception>
    /// <exception cref="InvalidOperationException">No client of the application has <c>AddAspNetCore</c>.</exception>
    public static IEndpointConventionBuilder MapFeatureDiagnostics(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Action<FeatureDiagnosticsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var options = new FeatureDiagnosticsOptions();
        configure?.Invoke(options);
        var mappings = DiagnosticsServices.MappingsOf(endpoints.ServiceProvider, pattern);
        var page = new DiagnosticsPage(endpoints.ServiceProvider, options, pattern);
        mappings.Add(page);
        return PageEndpoints.Map(endpoints, page);
    }
}
