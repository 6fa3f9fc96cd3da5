using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>The events of our own format: each is a document, a patch or a kill by itself.</summary>
internal sealed class OwnEvents : IEventTranslator
{
    public bool Reads(string type) => StreamEvent.HasData(type);

    public void Begin(bool isResumed)
    {
    }

    public SnapshotReading? Translate(string type, ReadOnlyMemory<byte> data, string? id) => type switch
    {
        StreamEvent.Snapshot when SignedEnvelope.Open(data) is var text => SnapshotReading.OfDocument(text.Bytes, id, text.Signature),
        StreamEvent.Patch => SnapshotReading.OfPatch(SignedEnvelope.Open(data), id),
        StreamEvent.Kill => SnapshotReading.OfKill(SignedEnvelope.Open(data), id),
        StreamEvent.Heartbeat => SnapshotReading.Current,
        _ => null,
    };
}
