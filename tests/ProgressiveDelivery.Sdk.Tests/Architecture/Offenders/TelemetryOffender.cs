namespace ProgressiveDelivery.Sdk.Telemetry;

/// <summary>Offends: it reads.</summary>
internal sealed class TelemetryOffender
{
    public static async Task Awaited() => await Task.FromResult(new List<Sources.SnapshotReading>());
}
