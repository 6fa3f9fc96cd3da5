namespace ProgressiveDelivery.Sdk.Sources.Serving;

/// <summary>The kind of an event of a feed.</summary>
public enum SnapshotFeedKind
{
    /// <summary>A whole document.</summary>
    Snapshot,

    /// <summary>A change of the version before, in our own format.</summary>
    Patch,

    /// <summary>An order to serve one variant of a flag at once.</summary>
    Kill,
}
