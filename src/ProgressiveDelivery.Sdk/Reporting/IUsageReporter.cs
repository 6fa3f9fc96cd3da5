namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>
/// Tells somebody how often each flag served which variant: a backend that shows usage, or a store of your own. The client calls it
/// from one loop, never two calls at once, and never from an evaluation. A call may take 30 seconds. One that fails is made again after
/// a pause that grows, with what was counted meanwhile in addition, so that a report that arrived and was not confirmed is counted twice.
/// </summary>
public interface IUsageReporter
{
    /// <summary>Who is told, for messages: an address, without anything secret.</summary>
    string Name { get; }

    /// <summary>Tells that the client is there. Called until it succeeds once, and before anything is reported.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="Sources.SnapshotSourceException">Nobody could be told; its <see cref="Sources.SnapshotSourceException.Kind"/> and <see cref="Sources.SnapshotSourceException.RetryAfter"/> decide when it is tried again. Any other exception counts as <see cref="FeatureClientFaultKind.Unreachable"/>.</exception>
    ValueTask AnnounceAsync(CancellationToken cancellationToken);

    /// <summary>Tells what was counted; called only where something was.</summary>
    /// <param name="report">The counts, and from when to when they were made.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="Sources.SnapshotSourceException">As for <see cref="AnnounceAsync"/>; nothing is lost.</exception>
    ValueTask ReportAsync(UsageReport report, CancellationToken cancellationToken);
}
