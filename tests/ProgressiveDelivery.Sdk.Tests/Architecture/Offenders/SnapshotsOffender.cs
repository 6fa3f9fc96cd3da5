namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Offends: it is told whether it passes.</summary>
internal sealed class SnapshotsOffender
{
    public static event Action<Acceptance.AcceptanceResult>? Judged { add { } remove { } }
}
