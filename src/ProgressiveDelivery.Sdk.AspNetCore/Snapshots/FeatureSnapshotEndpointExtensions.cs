using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProgressiveDelivery.Sdk.AspNetCore;
using ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps an endpoint that serves a client's rules to other processes.</summary>
public static class FeatureSnapshotEndpointExtensions
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Maps an endpoint that serves the newest snapshot that a feature client has accepted to other processes: as a document for <c>FromHttp</c>, and as a stream of events for
    /// <c>FromEventStream</c>. Texts are passed on byte for byte, with their signatures. An operator's hold or override in this process does not change what is served.
    /// </summary>
    /// <remarks>
    /// Rules name people and plans: call <c>RequireAuthorization</c> on the result, or <c>AllowAnonymous</c>, or set a fallback policy. Without any of them the application does not start, and
    /// the endpoint answers 403; in Development it then answers requests from the same machine. Call this before the host starts.
    /// </remarks>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="pattern">The path: <c>/snapshot</c>.</param>
    /// <param name="configure">Sets the options; the name of the client, if it has one.</param>
    /// <returns>The endpoint, for conventions such as <c>RequireAuthorization</c> and <c>RequireHost</c>.</returns>
    /// <exception cref="ArgumentException">An argument is null, or an option is out of range.</exception>
    /// <exception cref="InvalidOperationException">There is no such client.</exception>
    public static IEndpointConventionBuilder MapSnapshots(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Action<SnapshotEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var options = new SnapshotEndpointOptions();
        configure?.Invoke(options);
        options.ThrowIfInvalid();
        var endpoint = SnapshotEndpoint.Create(endpoints.ServiceProvider, options);
        return endpoints.MapMethods(pattern, Methods, endpoint.AnswerAsync)
            .WithMetadata(new SnapshotEndpointMetadata(pattern))
            .WithDisplayName($"Feature snapshots: {options.Client ?? "default"}")
            .WithoutFeatureOutcome()
            .ExcludeFromDescription();
    }
}
