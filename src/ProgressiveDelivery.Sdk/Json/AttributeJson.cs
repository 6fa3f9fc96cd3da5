using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads attribute values from JSON. A number without fraction and exponent that fits 64 bits is an integer.</summary>
internal static class AttributeJson
{
    /// <summary>Reads any value except a list or an object. False for those, for half a surrogate pair and for a number beyond 64 bits.</summary>
    public static bool TryReadScalar(ref Utf8JsonReader json, TextPool? pool, out AttributeValue value)
    {
        value = default;
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.True or JsonTokenType.False:
                value = json.TokenType == JsonTokenType.True;
                return true;
            case JsonTokenType.String:
                var isText = JsonText.TryRead(ref json, pool, out var text);
                value = text;
                return isText;
            case JsonTokenType.Number when json.TryGetInt64(out var integer):
                value = integer;
                return true;
            case JsonTokenType.Number:
                var isNumber = JsonText.TryReadDouble(ref json, out var number);
                value = number;
                return isNumber;
            default:
                return false;
        }
    }

    /// <summary>Reads any value; null if it cannot be read.</summary>
    public static AttributeValue Read(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref json),
        JsonTokenType.StartArray => ReadList(ref json),
        _ => TryReadScalar(ref json, pool: null, out var value) ? value : default,
    };

    private static AttributeValue ReadList(ref Utf8JsonReader json)
    {
        var items = new List<AttributeValue>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            items.Add(Read(ref json));
        return AttributeValue.List([.. items]);
    }

    private static AttributeValue ReadObject(ref Utf8JsonReader json)
    {
        var members = new List<KeyValuePair<string, AttributeValue>>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var named = JsonText.TryRead(ref json, pool: null, out var name);
            json.Read();
            var value = Read(ref json);
            if (named)
                members.Add(new(name!, value));
        }

        return AttributeValue.Object(members);
    }

    /// <summary>Writes a value, which is within the <see cref="AttributeBounds"/> of events or of documents: each level is one call.</summary>
    /// <exception cref="ArgumentException">A number is infinite or not a number, and <paramref name="numbers"/> rejects those.</exception>
    public static void Write(Utf8JsonWriter writer, AttributeValue value, NonFiniteNumbers numbers)
    {
        switch (value.Kind)
        {
            case AttributeKind.String:
                writer.WriteStringValue(value.AsString());
                break;
            case AttributeKind.List:
                writer.WriteStartArray();
                foreach (var item in value.Items)
                    Write(writer, item, numbers);
                writer.WriteEndArray();
                break;
            case AttributeKind.Object:
                writer.WriteStartObject();
                WriteMembers(writer, value.Members, numbers);
                writer.WriteEndObject();
                break;
            default:
                WriteScalar(writer, value, numbers);
                break;
        }
    }

    /// <inheritdoc cref="Write"/>
    public static void WriteMembers(Utf8JsonWriter writer, ReadOnlySpan<ContextAttribute> members, NonFiniteNumbers numbers)
    {
        foreach (var member in members)
        {
            writer.WritePropertyName(member.Name);
            Write(writer, member.Value, numbers);
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, AttributeValue value, NonFiniteNumbers numbers)
    {
        if (value.TryGetInteger(out var integer))
            writer.WriteNumberValue(integer);
        else if (value.TryGetNumber(out var number) && (numbers == NonFiniteNumbers.Rejected || double.IsFinite(number)))
            NumberJson.Write(writer, number);
        else if (value.TryGetBoolean(out var boolean))
            writer.WriteBooleanValue(boolean);
        else if (value.TryGetInstant(out var instant))
            InstantJson.Write(writer, instant);
        else
            writer.WriteNullValue();
    }
}
