using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Faults.Victim;

/// <summary>A source that has a newer generation at each read, and tells which one is kept by then.</summary>
internal sealed class Torrent(string folder, long firstVersion) : ISnapshotSource
{
    private long _version = firstVersion - 1;

    public string Name => "torrent";

    public ISnapshotFormat Format { get; } = SnapshotJson.Format();

    public ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Kept()} {folder}"));
        return new(SnapshotReading.OfDocument(Generation.Document(++_version)));
    }

    public void Acknowledge(SnapshotReading reading)
    {
    }

    // The names of kept files tell their versions.
    private long Kept() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.snapshot").Select(file => long.Parse(Path.GetFileName(file).Split('.')[1], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max()
        : 0;

    public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
