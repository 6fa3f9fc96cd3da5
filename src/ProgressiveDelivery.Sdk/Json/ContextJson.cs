using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Reads contexts from JSON, and writes them: <c>{"targetingKey": "user-17", "country": "NL", "organization:": {"targetingKey": "acme"}}</c>. Attributes are
/// at the top level, as the targeting key is. A member whose name ends with a colon is the context of that kind. Safe to use from any thread.
/// </summary>
public static class ContextJson
{
    /// <summary>Reads a context from an object, such as one that another process sent. Of a member that occurs twice the last value counts.</summary>
    /// <remarks>A value that .NET cannot hold, such as a text with half a surrogate pair, is left out. The names of private attributes are not a part of the JSON.</remarks>
    /// <param name="element">The object.</param>
    /// <exception cref="ArgumentException"><paramref name="element"/> is not an object.</exception>
    /// <exception cref="JsonException">The object is nested in more than 256 levels.</exception>
    public static EvaluationContext Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new ArgumentException($"A context is read from a JSON object, and this is {element.ValueKind}. Pass an object with the attributes.", nameof(element));
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(element.GetRawText()), new JsonReaderOptions { MaxDepth = SnapshotLimits.MaxNesting });
        json.Read();
        return Read(ref json);
    }

    /// <summary>Reads a context from the current object; values that .NET cannot hold are left out.</summary>
    internal static EvaluationContext Read(ref Utf8JsonReader json)
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

        return new(key, attributes, kinds);
    }

    /// <summary>Writes a context as one JSON object without its private attributes; it reads back as the same context without them.</summary>
    /// <remarks>
    /// A value of more than 250 lists and objects inside one another, or of more than 67,108,864 characters as JSON, about, is written as null: no reader would take it. So is a number that
    /// JSON cannot hold.
    /// </remarks>
    /// <param name="writer">The output; it is not flushed.</param>
    /// <param name="context">The context.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Write(Utf8JsonWriter writer, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(context);
        WriteAll(writer, context.WithoutPrivate().Within(AttributeBounds.OfDocuments), NonFiniteNumbers.Null);
    }

    /// <summary>Writes a context with its private attributes. Each value is within <see cref="AttributeBounds.OfDocuments"/>.</summary>
    internal static void WriteAll(Utf8JsonWriter writer, EvaluationContext context, NonFiniteNumbers numbers)
    {
        writer.WriteStartObject();
        if (context.TargetingKey is not null)
            writer.WriteString(EvaluationContext.TargetingKeyName, context.TargetingKey);
        AttributeJson.WriteMembers(writer, context.AttributeSpan, numbers);
        foreach (var kind in context.Kinds)
        {
            writer.WritePropertyName(kind.Name + ":");
            WriteAll(writer, kind.Context, numbers);
        }

        writer.WriteEndObject();
    }

    private static bool IsKind(string name) =>
        name.Length > 1 && name[^1] == ':' && !name.AsSpan(0, name.Length - 1).ContainsAny(':', '/');
}
