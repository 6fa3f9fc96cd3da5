namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <summary>Offends: it names a definition.</summary>
internal sealed class DiagnosticsOffender
{
    public static object Named() => typeof(Definitions.SnapshotDefinition);
}
