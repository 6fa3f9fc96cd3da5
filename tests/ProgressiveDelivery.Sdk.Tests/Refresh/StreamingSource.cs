using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>A scripted source as a stream, whose reads wait for its events.</summary>
internal sealed class StreamingSource(ScriptedSource script) : IPatchingSource, IStreamingSource
{
    public string Name => script.Name;

    public ISnapshotFormat Format => script.Format;

    public ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken) => script.ReadAsync(cancellationToken);

    public void Acknowledge(SnapshotReading reading) => script.Acknowledge(reading);

    public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => script.WaitForChangeAsync(cancellationToken);

    public void StartOver() => script.StartsOver++;

    public void Dispose() => script.IsClosed = true;
}
