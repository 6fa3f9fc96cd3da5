using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ProgressiveDelivery.Sdk.Health;

/// <summary>
/// Judges a client by the age of its rules' last confirmation, which a dead loop cannot fake. It only reads the status, which costs
/// nothing and cannot hang.
/// </summary>
internal sealed class FeatureHealthCheck(IFeatureClient client, FeatureHealthCheckOptions options, TimeProvider clock) : IHealthCheck
{
    private const int DefaultUnhealthyFactor = 3;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = client.Status;
        var health = Judge(status);
        var reported = health == HealthStatus.Unhealthy ? context.Registration.FailureStatus : health;
        return Task.FromResult(new HealthCheckResult(reported, HealthReportText.Describe(status, health), data: HealthReportText.Data(status)));
    }

    private HealthStatus Judge(FeatureClientStatus status)
    {
        if (!status.HasRules || Unconfirmed(status) > (options.UnhealthyAfter ?? (status.MaxStaleness * DefaultUnhealthyFactor)))
            return HealthStatus.Unhealthy;
        return IsDegraded(status) ? HealthStatus.Degraded : HealthStatus.Healthy;
    }

    private bool IsDegraded(FeatureClientStatus status)
    {
        if (options.DegradedWhileTripped && status.Control?.Trips.Count > 0)
            return true;
        if (options.DegradedAfter is not { } after)
            return status.State != FeatureClientState.Ready;
        return Unconfirmed(status) > after || status.Cause?.Kind == FeatureClientFaultKind.Expired;
    }

    // Rules of a local fallback have no age in this run, and count from when they came into force.
    private TimeSpan Unconfirmed(FeatureClientStatus status) => status.Age ?? (clock.GetUtcNow() - (status.UnconfirmedSince ?? status.Since));
}
