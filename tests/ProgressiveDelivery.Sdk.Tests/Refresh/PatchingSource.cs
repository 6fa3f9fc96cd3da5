using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>A scripted source as one that may send patches, and is closed with its client.</summary>
internal sealed class PatchingSource(ScriptedSource script) : IPatchingSource
{
    public string Name => script.Name;

    public ISnapshotFormat Format => script.Format;

    public ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken) => script.ReadAsync(cancellationToken);

    public void Acknowledge(SnapshotReading reading) => script.Acknowledge(reading);

    public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => script.WaitForChangeAsync(cancellationToken);

    public void StartOver() => script.StartsOver++;

    public void Dispose() => script.IsClosed = true;
}
