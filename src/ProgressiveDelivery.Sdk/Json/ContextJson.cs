using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Contexts as JSON has them: attributes at the top, <c>targetingKey</c> among them; a member whose name ends in a colon is
/// the context of that kind.
/// </summary>
internal static class ContextJson
{
    /// <summary>Reads a context from an object.</summary>
    public static EvaluationContext Read(JsonElement element)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(element.GetRawText()), new JsonReaderOptions { MaxDepth = SnapshotLimits.DeepestNesting });
        json.Read();
        return Read(ref json);
    }

    /// <summary>Reads a context from the object at hand; what .NET cannot hold is left out.</summary>
    public static EvaluationContext Read(ref Utf8JsonReader json)
    {
        string? key = null;
        var attributes = new List<KeyValuePair<string, AttributeValue>>();
        var kinds = new List<KeyValuePair<string, EvaluationContext>>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var named = JsonText.TryRead(ref json, pool: null, out var name);
            json.Read();
            if (!named)
                json.Skip();
            else if (IsKind(name!) && json.TokenType == JsonTokenType.StartObject)
                kinds.Add(new(name![..^1], Read(ref json)));
            else if (name != EvaluationContext.TargetingKeyName || (!JsonText.TryRead(ref json, pool: null, out key) && json.TokenType != JsonTokenType.Null))
                attributes.Add(new(name!, AttributeJson.Read(ref json)));
        }

        var context = new EvaluationContext(key, attributes);
        foreach (var (kind, other) in kinds)
            context = context.WithKind(kind, other);
        return context;
    }

    public static void Write(Utf8JsonWriter writer, EvaluationContext context)
    {
        writer.WriteStartObject();
        if (context.TargetingKey is not null)
            writer.WriteString(EvaluationContext.TargetingKeyName, context.TargetingKey);
        AttributeJson.WriteMembers(writer, context.AttributeSpan);
        foreach (var kind in context.Kinds)
        {
            writer.WritePropertyName(kind.Name + ":");
            Write(writer, kind.Context);
        }

        writer.WriteEndObject();
    }

    private static bool IsKind(string name) =>
        name.Length > 1 && name[^1] == ':' && !name.AsSpan(0, name.Length - 1).ContainsAny(':', '/');
}
