using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProgressiveDelivery.Sdk.AspNetCore.Health;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps probes of liveness and readiness.</summary>
public static class FeatureHealthEndpointExtensions
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Maps <c>{prefix}/live</c> and <c>{prefix}/ready</c> for the probes of an orchestrator. Live is 200 as long as the process answers. Ready is 200 when each client with
    /// <c>AddAspNetCore</c> has rules and no health check of the application is unhealthy, and 503 otherwise, and from the moment at which the host begins to stop.
    /// </summary>
    /// <remarks>
    /// Both answer one word, which is safe to show: <c>Healthy</c>, <c>Degraded</c>, <c>Unhealthy</c>, <c>NotReady</c> or <c>Draining</c>. For the age of rules to count, add the check of the
    /// client: <c>AddHealthChecks().AddProgressiveDelivery()</c>. Where a policy asks every endpoint for a user, add <c>AllowAnonymous</c>.
    /// </remarks>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="prefix">The prefix of both paths: <c>/health</c>.</param>
    /// <returns>Both endpoints, for conventions such as <c>AllowAnonymous</c> and <c>RequireHost</c>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IEndpointConventionBuilder MapFeatureHealth(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var health = new FeatureHealthEndpoints(endpoints.ServiceProvider);
        var group = endpoints.MapGroup(prefix);
        group.MapMethods("/live", Methods, FeatureHealthEndpoints.AnswerLive).WithDisplayName("Feature health: live");
        group.MapMethods("/ready", Methods, health.AnswerReadyAsync).WithDisplayName("Feature health: ready");
        return group.WithoutFeatureOutcome().ExcludeFromDescription();
    }
}
