namespace ProgressiveDelivery.Sdk.Control;

/// <summary>Offends: it has a field of what stands above it.</summary>
internal sealed class ControlOffender
{
    public static readonly List<Diagnostics.SnapshotDiagnostic> Above = [];
}
