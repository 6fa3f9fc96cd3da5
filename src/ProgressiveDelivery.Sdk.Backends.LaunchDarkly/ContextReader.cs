using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>Reads contexts by kind, and reports the fault of an invalid one.</summary>
internal sealed class ContextReader
{
    private static readonly string[] TextsOfUsers = ["firstName", "lastName", "email", "country", "avatar", "ip", "name"];
    private static readonly string[] NamesOfContexts = ["kind", "key", "name", "anonymous", "_meta"];

    private string? _fault;

    public string? Read(JsonElement context, out SortedDictionary<string, JsonObject> kinds)
    {
        kinds = new(StringComparer.Ordinal);
        if (context.ValueKind != JsonValueKind.Object)
            return "A context must be an object.";
        if (!context.TryGetProperty("kind", out var kind))
            kinds["user"] = ReadUser(context);
        else if (kind.ValueKind != JsonValueKind.String)
            _fault = "'kind' must be a text.";
        else if (kind.GetString() == "multi")
            ReadKinds(context, kinds);
        else
            kinds[kind.GetString()!] = ReadKind(kind.GetString()!, context);
        return _fault;
    }

    private void ReadKinds(JsonElement context, SortedDictionary<string, JsonObject> kinds)
    {
        foreach (var member in context.EnumerateObject())
        {
            if (member.Name != "kind")
                kinds[member.Name] = ReadKind(member.Name, member.Value);
        }

        if (kinds.Count == 0)
            _fault ??= "A context of kind 'multi' must have at least one kind.";
    }

    private JsonObject ReadKind(string kind, JsonElement context)
    {
        var members = new JsonObject();
        if (kind.Length == 0 || kind is "kind" or "multi" || !kind.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-'))
            _fault ??= $"'{kind}' cannot be the name of a kind: it has letters, digits, '.', '_' and '-'.";
        if (context.ValueKind != JsonValueKind.Object)
        {
            _fault ??= $"Kind '{kind}' must be an object.";
            return members;
        }

        if (Text(context, "key", members) is not { Length: > 0 })
            _fault ??= "'key' must be a text that is not empty.";
        Text(context, "name", members);
        Boolean(context, "anonymous", members, keepsFalse: true);
        if (Find(context, "_meta") is { } meta)
            ReadMeta(meta, members);
        foreach (var member in context.EnumerateObject())
        {
            if (!NamesOfContexts.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null)
                members[member.Name] = Node(member.Value);
        }

        return members;
    }

    private void ReadMeta(JsonElement meta, JsonObject members)
    {
        if (meta.ValueKind != JsonValueKind.Object)
            _fault ??= "'_meta' must be an object.";
        else
            Private(meta, "privateAttributes", members);
    }

    // The older form, without kinds.
    private JsonObject ReadUser(JsonElement user)
    {
        var members = new JsonObject();
        if (Text(user, "key", members) is null)
            _fault ??= "'key' must be a text.";
        foreach (var name in TextsOfUsers)
            Text(user, name, members);
        Boolean(user, "anonymous", members, keepsFalse: false);
        Private(user, "privateAttributeNames", members);
        if (Find(user, "custom") is not { } custom)
            return members;
        if (custom.ValueKind != JsonValueKind.Object)
        {
            _fault ??= "'custom' must be an object.";
            return members;
        }

        foreach (var member in custom.EnumerateObject())
        {
            if (!NamesOfContexts.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null)
                members.TryAdd(member.Name, Node(member.Value));
        }

        return members;
    }

    private void Private(JsonElement parent, string name, JsonObject members)
    {
        if (Find(parent, name) is not { } list)
            return;
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            _fault ??= $"'{name}' must be a list of texts.";
        else if (list.GetArrayLength() > 0)
            members["_meta"] = new JsonObject { ["privateAttributes"] = Node(list) };
    }

    private string? Text(JsonElement parent, string name, JsonObject members)
    {
        if (Find(parent, name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.String)
        {
            _fault ??= $"'{name}' must be a text.";
            return null;
        }

        members[name] = value.GetString();
        return value.GetString();
    }

    private void Boolean(JsonElement parent, string name, JsonObject members, bool keepsFalse)
    {
        if (Find(parent, name) is not { } value)
            return;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            _fault ??= $"'{name}' must be true or false.";
        else if (keepsFalse || value.GetBoolean())
            members[name] = value.GetBoolean();
    }

    private static JsonElement? Find(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());
}
