namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Offends: it steers.</summary>
internal sealed class ReportingOffender
{
    public static void Steered(object steering) => Steered((Steering.SnapshotSteering)steering);
}
