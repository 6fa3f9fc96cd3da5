using System.Buffers;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>
/// Translates Unleash's stream: <c>unleash-connected</c> brings a hydration, <c>unleash-updated</c> the changes since. Each event becomes the whole document at that time.
/// </summary>
internal sealed class UnleashEvents : IEventTranslator
{
    private const string Connected = "unleash-connected";
    private const string Updated = "unleash-updated";
    private const string FetchMode = "fetch-mode";

    private DeltaState _state = new();

    public bool Reads(string type) => type is Connected or Updated or FetchMode;

    public void Begin(bool isResumed)
    {
        if (!isResumed)
            _state = new();
    }

    public SnapshotReading? Translate(string type, ReadOnlyMemory<byte> data, string? id) => type switch
    {
        Connected or Updated => Apply(data, id),
        FetchMode when data.Span.SequenceEqual("polling"u8) => throw WantsPolls(),
        _ => null,
    };

    private static SnapshotSourceException WantsPolls() =>
        new("The Unleash server asks to be polled instead of streamed. Add FromUnleash behind FromUnleashStream, or in its place.") { Kind = FeatureClientFaultKind.AccessDenied };

    private SnapshotReading? Apply(ReadOnlyMemory<byte> data, string? id)
    {
        using var document = JsonDocument.Parse(data);
        if (BackendJson.Find(document.RootElement, "events") is not { ValueKind: JsonValueKind.Array } events)
            throw new JsonException("It has no list 'events'.");
        _state.Apply(events);
        if (!_state.IsHydrated)
            return null;

        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
            _state.Write(json);
        return SnapshotReading.OfDocument(body.WrittenSpan.ToArray(), id);
    }
}
