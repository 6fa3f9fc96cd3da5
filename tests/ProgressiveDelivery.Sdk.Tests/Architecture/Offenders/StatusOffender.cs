namespace ProgressiveDelivery.Sdk.Status;

/// <summary>Offends: it checks health.</summary>
internal sealed class StatusOffender
{
    public static Health.FeatureHealthCheckOptions Checked() => new();
}
