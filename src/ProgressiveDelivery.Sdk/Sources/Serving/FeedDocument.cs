using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Sources.Serving;

/// <summary>A document to serve, or the reason why there is none.</summary>
internal sealed record FeedDocument(SnapshotFeedEvent? Event, string? Fault = null)
{
    /// <summary>Returns a document that is there.</summary>
    public static Lazy<FeedDocument> Of(SnapshotFeedEvent document) => new(new FeedDocument(document));

    /// <summary>Returns rules that cannot be served.</summary>
    public static Lazy<FeedDocument> OfFault(string fault) => new(new FeedDocument(null, fault));

    /// <summary>Returns definitions as a document of our own format, written when it is asked for.</summary>
    public static Lazy<FeedDocument> Written(SnapshotDefinition definition, long sequence, SnapshotLimits limits) => new(() =>
        KeptSnapshot.Write(definition, limits, out var fault) is { } text
            ? new FeedDocument(new SnapshotFeedEvent { Kind = SnapshotFeedKind.Snapshot, Sequence = sequence, Version = definition.Version, Format = SnapshotJson.Schema, Text = text })
            : new FeedDocument(null, $"Version {definition.Version} of the rules cannot be served as a document: {fault}"));
}
