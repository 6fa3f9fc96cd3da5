namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Takes the outcomes of the process's work, such as its requests: after the adoption of a new snapshot they decide whether the instance steps back by itself. Registered beside
/// <see cref="IFeatureClient"/>, under the same key. Without a bake time, outcomes have no effect. Safe to use from any thread; a report allocates nothing, waits for no I/O and
/// never throws.
/// </summary>
/// <remarks>Until the first report, the calls that run through a flag (<c>ExecuteAsync</c>) decide; after it, reports alone. Report each unit of work once, whatever its retries. One broken caller that fails many times in a row looks like a broken snapshot: report it once.</remarks>
public interface ISnapshotHealth
{
    /// <summary>Reports work that succeeded.</summary>
    void ReportSuccess();

    /// <summary>Reports work that failed. The failure that proves the snapshot bad puts the one before in force before this method returns.</summary>
    void ReportFailure();
}
