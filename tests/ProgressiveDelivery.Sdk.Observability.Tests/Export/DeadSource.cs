using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Observability.Tests.Export;

/// <summary>A source that cannot be reached.</summary>
internal sealed class DeadSource : ISnapshotSource
{
    public string Name => "dead";

    public ISnapshotFormat Format { get; } = SnapshotJson.Format();

    public ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken) => throw new SnapshotSourceException("The source is down.");

    public void Acknowledge(SnapshotReading reading)
    {
    }

    public async ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => await Task.Delay(Timeout.Infinite, cancellationToken);
}
