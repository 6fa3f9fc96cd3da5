using System.Buffers;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>The parts of a flag that logs of its assignments hold. Travels in the flag's metadata.</summary>
internal sealed class AssignmentLogging
{
    /// <summary>The name in the metadata.</summary>
    public const string Name = "assignments";

    private const string Subject = "subject";
    private const string Entity = "entityId";
    private const string Extra = "extraLogging";

    private readonly bool[] _logged;
    private readonly string[] _allocations;
    private readonly Dictionary<string, Dictionary<string, string>> _extra = new(StringComparer.Ordinal);

    private AssignmentLogging(JsonElement allocations, JsonElement note)
    {
        JsonElement[] all = allocations.ValueKind == JsonValueKind.Array ? [.. allocations.EnumerateArray()] : [];
        _logged = Array.ConvertAll(all, allocation => BackendJson.Find(allocation, AllocationNotes.DoLog) is { ValueKind: JsonValueKind.True });
        _allocations = Array.ConvertAll(all, allocation => TextOf(allocation, AllocationNotes.Key) ?? "");
        Unit = TextOf(note, Subject) is { } subject && EventUnit.TryParse(subject, out var unit) ? unit : EventUnit.TargetingKey;
        EntityId = BackendJson.Find(note, Entity) is { } entity && BackendJson.TryReadWhole(entity, out var id) ? id : null;
        foreach (var (variant, columns) in BackendJson.Entries(BackendJson.Find(note, Extra) ?? default))
        {
            if (variant is not null)
                _extra[variant] = Columns(columns);
        }
    }

    /// <summary>The part of the context that is the subject.</summary>
    public EventUnit Unit { get; }

    public long? EntityId { get; }

    /// <summary>Returns the note in a flag's metadata; null if no assignment of the flag is logged.</summary>
    public static AssignmentLogging? Of(IReadOnlyDictionary<string, JsonElement> metadata)
    {
        if (!metadata.TryGetValue(AllocationNotes.Name, out var allocations))
            return null;
        var logging = new AssignmentLogging(allocations, metadata.TryGetValue(Name, out var note) ? note : default);
        return Array.Exists(logging._logged, isLogged => isLogged) ? logging : null;
    }

    /// <summary>Returns whether the assignments of an allocation are logged.</summary>
    /// <param name="allocation">The place of the allocation.</param>
    public bool Logs(int allocation) => allocation >= 0 && allocation < _logged.Length && _logged[allocation];

    public string AllocationAt(int allocation) => _allocations[allocation];

    /// <summary>Returns the further columns of a variant's split; null if it has none.</summary>
    public IReadOnlyDictionary<string, string>? ExtraOf(string variant) => _extra.GetValueOrDefault(variant);

    /// <summary>Returns the note; null if there is nothing to note.</summary>
    /// <param name="subject">The reference to the subject.</param>
    /// <param name="entityId">The id of the entity.</param>
    /// <param name="extra">The further columns, by the names of variants.</param>
    public static JsonElement? Note(string subject, long? entityId, IReadOnlyDictionary<string, KeyValuePair<string, string>[]> extra)
    {
        if (subject == EventUnit.TargetingKey.Kind && entityId is null && extra.Count == 0)
            return null;
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            if (subject != EventUnit.TargetingKey.Kind)
                json.WriteString(Subject, subject);
            if (entityId is { } entity)
                json.WriteNumber(Entity, entity);
            WriteExtra(json, extra);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(body.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void WriteExtra(Utf8JsonWriter json, IReadOnlyDictionary<string, KeyValuePair<string, string>[]> extra)
    {
        json.WriteStartObject(Extra);
        foreach (var (variant, columns) in extra)
        {
            json.WriteStartObject(variant);
            foreach (var (name, value) in columns)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static Dictionary<string, string> Columns(JsonElement columns)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in BackendJson.Entries(columns))
        {
            if (name is not null && BackendJson.TryReadText(value, out var text))
                texts[name] = text;
        }

        return texts;
    }

    private static string? TextOf(JsonElement parent, string name) => BackendJson.Find(parent, name) is { } value && BackendJson.TryReadText(value, out var text) ? text : null;
}
