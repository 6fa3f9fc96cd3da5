using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;

namespace ProgressiveDelivery.Sdk.AspNetCore.Health;

/// <summary>Answers probes. It only reads states, and the application's health checks where there are some.</summary>
/// <param name="services">The application's services.</param>
internal sealed class FeatureHealthEndpoints(IServiceProvider services)
{
    private readonly IHostApplicationLifetime? _lifetime = services.GetService<IHostApplicationLifetime>();
    private readonly HealthCheckService? _checks = services.GetService<HealthCheckService>();
    private readonly RequestClient[] _clients = [.. services.GetServices<RequestClient>()];

    public static Task AnswerLive(HttpContext http) => AnswerAsync(http, StatusCodes.Status200OK, "Healthy");

    public async Task AnswerReadyAsync(HttpContext http)
    {
        if (_lifetime?.ApplicationStopping.IsCancellationRequested == true)
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "Draining").ConfigureAwait(false);
        else if (!_clients.All(HasRules))
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "NotReady").ConfigureAwait(false);
        else
            await AnswerAsync(http, await CheckAsync(http.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private bool HasRules(RequestClient client) => client.Of(services).Status.HasRules;

    private async Task<HealthStatus> CheckAsync(CancellationToken cancellationToken) =>
        _checks is null ? HealthStatus.Healthy : (await _checks.CheckHealthAsync(cancellationToken).ConfigureAwait(false)).Status;

    private static Task AnswerAsync(HttpContext http, HealthStatus status) =>
        AnswerAsync(http, status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK, status.ToString());

    private static Task AnswerAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain";
        http.Response.Headers.CacheControl = "no-store, no-cache";
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(text, http.RequestAborted);
    }
}
