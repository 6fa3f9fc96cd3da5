namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <summary>
/// The view that an operator has of one feature client, beside <see cref="IFeatureClient.Status"/> and <see cref="ISnapshotControl"/>: its sources, its last refreshes, the last rejection with its
/// reasons, and the answers that it serves. Registered beside <see cref="IFeatureClient"/>, under the same key. Reading changes nothing, and is no evaluation. Safe to use from any thread.
/// </summary>
public interface IFeatureDiagnostics
{
    /// <summary>The sources in order of preference, each with its last result.</summary>
    IReadOnlyList<SourceStatus> Sources { get; }

    /// <summary>
    /// The last refreshes, the oldest first, also of sources that are only tried: at most 64, and among them at most the last 40 that confirmed the rules. Heartbeats of a stream thus leave room for
    /// at least the last 24 other ones.
    /// </summary>
    IReadOnlyList<RefreshRecord> Refreshes { get; }

    /// <summary>
    /// The last snapshot, patch or kill of a source that was rejected; null if there is none, or if a snapshot or patch of a source has been accepted since. A document that is sent and rejected again
    /// keeps the time of its first rejection. The state of the source shows whether the source still sends it.
    /// </summary>
    RejectedSnapshot? Rejection { get; }

    /// <summary>The diagnostics of the snapshot in force, at most 1,000: the errors of quarantined flags first, then warnings.</summary>
    IReadOnlyList<SnapshotDiagnostic> SnapshotDiagnostics { get; }

    /// <summary>
    /// The answers since <see cref="CountServed"/>, by flag, variant and reason. Empty before it. Of more than 50,000 different ones, the rest is counted under the flag <c>(others)</c>.
    /// </summary>
    IReadOnlyList<ServedCount> Served { get; }

    /// <summary>
    /// Counts answers from now on. It costs a few nanoseconds for each answer, and allocates nothing for it. Units of work that have begun before finish uncounted. Not counted are variants that are
    /// forced for a test, flags that do not exist, explanations and listings. Calling it again changes nothing.
    /// </summary>
    void CountServed();

    /// <summary>
    /// Returns a snapshot of the history, to evaluate and to explain. The version in force answers as it does now. Another one answers by its document alone: without the kills, overrides and guards of
    /// now. Its answers have no effects: they are neither counted nor exposures, they store no assignment, and a flag that is missing is neither logged nor an exception.
    /// </summary>
    /// <param name="version">The version.</param>
    /// <returns>Null if the history does not have it, or no longer.</returns>
    IFeatureSnapshot? FindSnapshot(long version);

    /// <summary>Returns the definition of a flag in force as indented JSON, as it stands under the flag's key in the SDK's own format.</summary>
    /// <param name="flag">The key of the flag.</param>
    /// <returns>Null if there is no such flag, if it could not be read, or if that format cannot express it.</returns>
    string? FindDefinition(string flag);
}
