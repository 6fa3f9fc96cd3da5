using ProgressiveDelivery.Sdk.Diagnostics;
namespace ProgressiveDelivery.Sdk;

/// <summary>
/// What an operator sees of one feature client beside <see cref="IFeatureClient.Status"/> and <see cref="ISnapshotControl"/>: its sources, its last refreshes, what was rejected and why, what is
/// served. Registered with the client, under the same name. Reading changes nothing, and is no evaluation. Safe to use from any thread.
/// </summary>
public interface IFeatureDiagnostics
{
    /// <summary>The sources in order of preference, each with its last word.</summary>
    IReadOnlyList<SourceStatus> Sources { get; }

    /// <summary>The last refreshes, at most 64, the oldest first.</summary>
    IReadOnlyList<RefreshRecord> Refreshes { get; }

    /// <summary>The last snapshot that was rejected; null if there is none, or a newer snapshot has been accepted since.</summary>
    RejectedSnapshot? Rejection { get; }

    /// <summary>The diagnostics of the snapshot in force: quarantined flags, and warnings.</summary>
    IReadOnlyList<SnapshotDiagnostic> SnapshotDiagnostics { get; }

    /// <summary>
    /// The answers since <see cref="CountServed"/>, by flag, variant and reason. Empty before it.
    /// </summary>
    IReadOnlyList<ServedCount> Served { get; }

    /// <summary>Counts answers from now on. A few nanoseconds for each answer, nothing allocated. Calling it again changes nothing.</summary>
    void CountServed();

    /// <summary>Returns a snapshot of the history, to ask and to explain; null if it is not there (any more). Its answers are neither counted nor exposures.</summary>
    /// <param name="version">The version.</param>
    IFeatureSnapshot? FindSnapshot(long version);

    /// <summary>Returns the definition of a flag in force as indented JSON in the SDK's own format; null if there is no such flag, or that format cannot express it.</summary>
    /// <param name="flag">The key of the flag.</param>
    string? FindDefinition(string flag);
}
