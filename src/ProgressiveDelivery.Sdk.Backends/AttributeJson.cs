using System.Globalization;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends;

/// <summary>Writes attributes as JSON, for events. It never fails: a number that JSON cannot hold, and a value in too many others, is null.</summary>
internal static class AttributeJson
{
    // Events hold no deeper value.
    private const int MaxDepth = 64;

    /// <summary>Writes a value.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="value">The value.</param>
    /// <param name="depth">The number of values that it is in.</param>
    public static void Write(Utf8JsonWriter json, AttributeValue value, int depth = 0)
    {
        if (value.TryGetBoolean(out var boolean))
            json.WriteBooleanValue(boolean);
        else if (value.TryGetInteger(out var whole))
            json.WriteNumberValue(whole);
        else if (value.TryGetNumber(out var number) && double.IsFinite(number))
            json.WriteNumberValue(number);
        else if (value.AsString() is { } text)
            json.WriteStringValue(text);
        else if (value.TryGetInstant(out var instant))
            json.WriteStringValue(instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        else if (value.Kind is AttributeKind.List or AttributeKind.Object && depth < MaxDepth)
            WriteCompound(json, value, depth + 1);
        else
            json.WriteNullValue();
    }

    private static void WriteCompound(Utf8JsonWriter json, AttributeValue value, int depth)
    {
        if (value.Kind == AttributeKind.List)
        {
            json.WriteStartArray();
            foreach (var item in value.Items)
                Write(json, item, depth);
            json.WriteEndArray();
            return;
        }

        json.WriteStartObject();
        foreach (var member in value.Members)
        {
            json.WritePropertyName(member.Name);
            Write(json, member.Value, depth);
        }

        json.WriteEndObject();
    }
}
