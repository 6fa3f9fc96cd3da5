using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>
/// A source of snapshots. The client reads a source from one loop, never two reads at once, and handles any exception of a
/// read; a source needs no retry, locking or logging of its own.
/// </summary>
public interface ISnapshotSource
{
    /// <summary>A name for people, without secrets: <c>https://flags.example.com/snapshot</c>, <c>flags.json</c>.</summary>
    string Name { get; }

    /// <summary>The format of its documents.</summary>
    ISnapshotFormat Format { get; }

    /// <summary>Reads the source: a document, a definition, or the news that the last acknowledged one is still current.</summary>
    /// <exception cref="SnapshotSourceException">The source could not be read; its properties decide the retry.</exception>
    ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Acknowledges a reading; called only after it has been applied. Advance an ETag or a cursor here, so that a rejected
    /// snapshot is never mistaken for one that is in force.
    /// </summary>
    void Acknowledge(SnapshotReading reading);

    /// <summary>Completes when it is worth reading again: after a polling interval, or when something changed.</summary>
    ValueTask WaitForChangeAsync(CancellationToken cancellationToken);
}
