using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Contexts as JSON has them: attributes at the top, <c>targetingKey</c> among them; a member whose name ends in a colon is
/// the context of that kind.
/// </summary>
internal static class ContextJson
{
    public static EvaluationContext Read(JsonElement element)
    {
        string? key = null;
        var attributes = new List<KeyValuePair<string, AttributeValue>>();
        var kinds = new List<KeyValuePair<string, EvaluationContext>>();
        foreach (var property in element.EnumerateObject())
        {
            if (!JsonText.TryReadName(property, out var name))
                continue;
            if (IsKind(name) && property.Value.ValueKind == JsonValueKind.Object)
                kinds.Add(new(name[..^1], Read(property.Value)));
            else if (name != EvaluationContext.TargetingKeyName)
                attributes.Add(new(name, AttributeJson.Read(property.Value)));
            else if (!JsonText.TryRead(property.Value, out key) && property.Value.ValueKind != JsonValueKind.Null)
                attributes.Add(new(name, AttributeJson.Read(property.Value)));
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
