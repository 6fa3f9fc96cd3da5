using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>
/// Where snapshots come from. The client reads a source from one loop, never two reads at once, and outlives whatever a read
/// throws; a source needs no retry, locking or logging of its own.
/// </summary>
public interface ISnapshotSource
{
    /// <summary>A name for people, without secrets: <c>https://flags.example.com/snapshot</c>, <c>flags.json</c>.</summary>
    string Name { get; }

    /// <summary>The format of its documents.</summary>
    ISnapshotFormat Format { get; }

    /// <summary>Reads what the source has: a document, a definition, or the news that the last acknowledged one is still current.</summary>
    /// <exception cref="SnapshotSourceException">The source could not be read; says how it should be retried.</exception>
    ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Told after a reading has been applied, and only then: the place to advance an ETag or a cursor, so that a snapshot that
    /// was refused is never mistaken for one that is in force.
    /// </summary>
    void Acknowledge(SnapshotReading reading);

    /// <summary>Completes when it is worth reading again: after a polling interval, or when something changed.</summary>
    ValueTask WaitForChangeAsync(CancellationToken cancellationToken);
}
