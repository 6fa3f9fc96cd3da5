using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;

namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>Rejects requests to an endpoint whose access was never decided.</summary>
internal sealed class SnapshotAccess(IServiceProvider services, ILogger logger)
{
    // Set by UseAuthorization for endpoints that it has judged.
    private const string IsJudgedKey = "__AuthorizationMiddlewareWithEndpointInvoked";

    private readonly bool _isDevelopment = services.GetService<IHostEnvironment>()?.IsDevelopment() == true;
    private readonly bool _hasFallbackPolicy = HasFallbackPolicy(services);
    private int _isLogged;

    /// <summary>Rejects endpoints whose access is not decided, when the application starts.</summary>
    /// <exception cref="InvalidOperationException">There is one.</exception>
    public static void Check(IServiceProvider services)
    {
        if (services.GetService<IHostEnvironment>()?.IsDevelopment() == true || HasFallbackPolicy(services) || services.GetService<EndpointDataSource>() is not { } sources)
            return;
        foreach (var endpoint in sources.Endpoints)
        {
            if (endpoint.Metadata.GetMetadata<SnapshotEndpointMetadata>() is { } snapshots && !IsDecided(endpoint))
                throw new InvalidOperationException(Describe(snapshots));
        }
    }

    public bool Allows(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint || IsDecided(endpoint) || (_hasFallbackPolicy && http.Items.ContainsKey(IsJudgedKey)))
            return true;
        if (_isDevelopment && LocalConnection.IsLocal(http))
            return true;
        if (Interlocked.Exchange(ref _isLogged, 1) == 0)
            logger.AccessNotDecided(Describe(endpoint.Metadata.GetMetadata<SnapshotEndpointMetadata>() ?? new(http.Request.Path)));
        return false;
    }

    private static bool HasFallbackPolicy(IServiceProvider services) => services.GetService<IOptions<AuthorizationOptions>>()?.Value.FallbackPolicy is not null;

    private static bool IsDecided(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null || endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is not null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static string Describe(SnapshotEndpointMetadata snapshots) =>
        $"MapSnapshots(\"{snapshots.Pattern}\"): no policy decides who may read the rules, which can name people and plans. Write MapSnapshots(\"{snapshots.Pattern}\").RequireAuthorization(…), or .AllowAnonymous() if the network protects it.";
}
