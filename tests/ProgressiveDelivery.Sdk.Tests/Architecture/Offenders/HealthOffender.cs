namespace ProgressiveDelivery.Sdk.Health;

/// <summary>Offends: it reports.</summary>
internal sealed class HealthOffender
{
    public static Type Reported => typeof(Dictionary<string, Reporting.UsageReport>);
}
