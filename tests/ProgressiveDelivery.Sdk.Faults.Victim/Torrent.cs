using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Faults.Victim;

/// <summary>A source that has a newer generation at each read, and tells which one was kept before it.</summary>
internal sealed class Torrent(string folder, long firstVersion) : ISnapshotSource
{
    private long _version = firstVersion - 1;

    public string Name => "torrent";

    public ISnapshotFormat Format { get; } = SnapshotJson.Format();

    public ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
    {
        // The loop reads again when it has kept what it read.
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_version} {folder}"));
        return new(SnapshotReading.OfDocument(Generation.Document(++_version)));
    }

    public void Acknowledge(SnapshotReading reading)
    {
    }

    public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
