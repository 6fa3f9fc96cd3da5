namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>
/// Reports how often each flag served each variant, to a backend that shows usage or a store of your own. The client calls it
/// from one loop, never two calls at once, and never from an evaluation. A call may take 30 seconds. A failed call is repeated after
/// a growing pause, with the counts made meanwhile added. A report that arrived but was not confirmed is thus counted twice.
/// </summary>
public interface IUsageReporter
{
    /// <summary>The receiver's name for messages: an address, without secrets.</summary>
    string Name { get; }

    /// <summary>Announces the client. Called until it succeeds once, before anything is reported.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="Sources.SnapshotSourceException">The announcement failed; its <see cref="Sources.SnapshotSourceException.Kind"/> and <see cref="Sources.SnapshotSourceException.RetryAfter"/> decide when it is tried again. Any other exception counts as <see cref="FeatureClientFaultKind.Unreachable"/>.</exception>
    ValueTask AnnounceAsync(CancellationToken cancellationToken);

    /// <summary>Reports the counts; called only if there are any.</summary>
    /// <param name="report">The counts, and from when to when they were made.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="Sources.SnapshotSourceException">As for <see cref="AnnounceAsync"/>; nothing is lost.</exception>
    ValueTask ReportAsync(UsageReport report, CancellationToken cancellationToken);
}
