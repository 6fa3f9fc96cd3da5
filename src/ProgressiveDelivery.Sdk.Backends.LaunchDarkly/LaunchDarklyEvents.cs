using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>
/// Translates LaunchDarkly's stream: <c>put</c> brings everything, <c>patch</c> and <c>delete</c> one flag or segment. The latter count only if their version is higher than the
/// known one. Each event becomes the whole payload at that time.
/// </summary>
internal sealed class LaunchDarklyEvents : IEventTranslator
{
    private const string Put = "put";
    private const string Patch = "patch";
    private const string Delete = "delete";

    private readonly Dictionary<string, Dictionary<string, JsonElement>> _items = new(StringComparer.Ordinal) { ["flags"] = [], ["segments"] = [] };
    private bool _isFilled;

    public bool Reads(string type) => type is Put or Patch or Delete;

    public void Begin(bool isResumed) => _isFilled = false;

    public SnapshotReading? Translate(string type, ReadOnlyMemory<byte> data, string? id)
    {
        if (!Reads(type))
            return null;
        using var document = JsonDocument.Parse(data);
        var isNew = type switch
        {
            Put => Fill(document.RootElement),
            Patch => Apply(document.RootElement, static root => Member(root, "data")),
            _ => Apply(document.RootElement, static root => root),
        };
        if (!_isFilled)
            return null;
        return isNew ? SnapshotReading.OfDocument(Write(), id) : SnapshotReading.Current;
    }

    private bool Fill(JsonElement root)
    {
        var data = Member(root, "data");
        if (BackendJson.Find(data, "flags") is not { ValueKind: JsonValueKind.Object })
            throw new JsonException("It has no object 'flags'.");
        foreach (var (kind, items) in _items)
        {
            items.Clear();
            foreach (var (key, item) in BackendJson.Members(BackendJson.Find(data, kind) ?? default, kind, []))
                items[key] = item.Clone();
        }

        return _isFilled = true;
    }

    private bool Apply(JsonElement root, Func<JsonElement, JsonElement> version)
    {
        var place = (BackendJson.Find(root, "path") is { } path && BackendJson.TryReadText(path, out var text) ? text : "").Split('/', 3);
        // Other kinds than flags and segments are ignored.
        if (!_isFilled || place is not ["", var kind, { Length: > 0 } key] || !_items.TryGetValue(kind, out var items))
            return false;
        if (items.TryGetValue(key, out var known) && VersionOf(known) >= VersionOf(version(root)))
            return false;

        items[key] = BackendJson.Find(root, "data") is { } item ? item.Clone() : Tombstone(VersionOf(root));
        return true;
    }

    // Prevents a late patch from restoring the item; readers skip it.
    private static JsonElement Tombstone(long version)
    {
        using var document = JsonDocument.Parse(string.Create(CultureInfo.InvariantCulture, $$"""{"version": {{version}}, "deleted": true}"""));
        return document.RootElement.Clone();
    }

    private byte[] Write()
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            foreach (var (kind, items) in _items)
            {
                json.WriteStartObject(kind);
                foreach (var (key, item) in items)
                {
                    json.WritePropertyName(key);
                    // Raw, because a text in it may be invalid.
                    json.WriteRawValue(item.GetRawText(), skipInputValidation: true);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    private static JsonElement Member(JsonElement root, string name) => BackendJson.Find(root, name) ?? throw new JsonException($"It has no '{name}'.");

    private static long VersionOf(JsonElement item) => BackendJson.Find(item, "version") is { } version && BackendJson.TryReadWhole(version, out var whole) ? whole : 0;
}
