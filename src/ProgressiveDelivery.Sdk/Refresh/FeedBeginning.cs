using System.IO.Hashing;
using System.Text;
using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Sources.Serving;
using ProgressiveDelivery.Sdk.Steering;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>Brings a feed what the client accepted before the feed was first used: what is in memory; else the source is read anew.</summary>
internal sealed class FeedBeginning(SnapshotFeed feed, SourceList sources, SnapshotAcceptance acceptance, SnapshotSteering steering, KillOrders kills, string? bundled)
{
    /// <summary>Runs once, at the feed's first use.</summary>
    public void Run()
    {
        kills.Show();
        if (!acceptance.InTurn(TryTake))
            feed.RequestMissed();
    }

    private bool TryTake()
    {
        var newest = steering.Newest;
        if (!newest.HasRules || newest.Definition is not { } definition)
            return true;
        var source = sources.InUse.Source;
        if (Find(newest, source) is not { } reading)
            return false;
        feed.Accepted(definition, newest.Origin, reading, source.Format);
        return true;
    }

    private SnapshotReading? Find(FeatureSnapshot newest, ISnapshotSource source)
    {
        if (newest.Origin == SnapshotOrigin.Source && source is InMemorySnapshotSource { Content: var content } && IsOf(newest, content))
            return content;
        return newest.Origin == SnapshotOrigin.Bundled && bundled is not null && SnapshotReading.OfDocument(Encoding.UTF8.GetBytes(bundled)) is var document && IsOf(newest, document)
            ? document
            : null;
    }

    private static bool IsOf(FeatureSnapshot snapshot, SnapshotReading reading) => reading.Document is { } document
        ? snapshot.Fingerprint == XxHash128.HashToUInt128(document.Span)
        : reading.Definition is not null && snapshot.Fingerprint is null && !snapshot.IsPatched;
}
