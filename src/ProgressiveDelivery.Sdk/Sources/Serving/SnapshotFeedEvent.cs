using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Sources.Serving;

/// <summary>A text that the client accepted. Immutable.</summary>
public sealed class SnapshotFeedEvent
{
    /// <summary>The kind.</summary>
    public required SnapshotFeedKind Kind { get; init; }

    /// <summary>The place in the order of events, which begins at 1. It means nothing in another process.</summary>
    public required long Sequence { get; init; }

    /// <summary>The version that a document has or a patch leads to; of a kill, its own.</summary>
    public required long Version { get; init; }

    /// <summary>The version that a patch changes; 0 for others, and if it is not known.</summary>
    public long BaseVersion { get; init; }

    /// <summary>The name of the text's format: <c>progressive-delivery/1</c> for all but the documents of other backends.</summary>
    public required string Format { get; init; }

    /// <summary>The exact bytes, as they were sent; or as this process wrote them, where they were never one document, or were a file that the network does not allow.</summary>
    public required ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>The signature over <see cref="Text"/>; null if none came with it.</summary>
    public SnapshotSignature? Signature { get; init; }
}
