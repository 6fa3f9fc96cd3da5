namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>A source that remembers its last reading, and then reports only changes, or that there are none.</summary>
public interface IRestartableSource : ISnapshotSource
{
    /// <summary>
    /// Makes the next reading the whole document: the rules in force came from elsewhere, so "not modified" and patches no longer mean anything. Called
    /// between two reads, by the loop that reads; it does not block and does not throw.
    /// </summary>
    void StartOver();
}
