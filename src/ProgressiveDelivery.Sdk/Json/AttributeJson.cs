using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Attribute values as JSON has them: a number without fraction and exponent that fits 64 bits is an integer.</summary>
internal static class AttributeJson
{
    /// <summary>Anything but a list and an object; false for those, for half a surrogate pair and for a number beyond 64 bits.</summary>
    public static bool TryReadScalar(JsonElement element, out AttributeValue value)
    {
        value = default;
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.True or JsonValueKind.False:
                value = element.ValueKind == JsonValueKind.True;
                return true;
            case JsonValueKind.String:
                var isText = JsonText.TryRead(element, out var text);
                value = text;
                return isText;
            case JsonValueKind.Number:
                var isNumber = element.TryGetDouble(out var number) && double.IsFinite(number);
                value = element.TryGetInt64(out var integer) ? (AttributeValue)integer : number;
                return isNumber;
            default:
                return false;
        }
    }

    /// <summary>Any value; what cannot be read is null.</summary>
    public static AttributeValue Read(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
            return AttributeValue.Object(Members(element));
        if (element.ValueKind != JsonValueKind.Array)
            return TryReadScalar(element, out var value) ? value : default;

        var items = new AttributeValue[element.GetArrayLength()];
        var count = 0;
        foreach (var item in element.EnumerateArray())
            items[count++] = Read(item);
        return AttributeValue.List(items);
    }

    private static IEnumerable<KeyValuePair<string, AttributeValue>> Members(JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (JsonText.TryReadName(property, out var name))
                yield return new(name, Read(property.Value));
        }
    }

    public static void Write(Utf8JsonWriter writer, AttributeValue value)
    {
        switch (value.Kind)
        {
            case AttributeKind.String:
                writer.WriteStringValue(value.AsString());
                break;
            case AttributeKind.List:
                writer.WriteStartArray();
                foreach (var item in value.Items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case AttributeKind.Object:
                writer.WriteStartObject();
                WriteMembers(writer, value.Members);
                writer.WriteEndObject();
                break;
            default:
                WriteScalar(writer, value);
                break;
        }
    }

    public static void WriteMembers(Utf8JsonWriter writer, ReadOnlySpan<ContextAttribute> members)
    {
        foreach (var member in members)
        {
            writer.WritePropertyName(member.Name);
            Write(writer, member.Value);
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, AttributeValue value)
    {
        if (value.TryGetInteger(out var integer))
            writer.WriteNumberValue(integer);
        else if (value.TryGetNumber(out var number))
            NumberJson.Write(writer, number);
        else if (value.TryGetBoolean(out var boolean))
            writer.WriteBooleanValue(boolean);
        else if (value.TryGetInstant(out var instant))
            InstantJson.Write(writer, instant);
        else
            writer.WriteNullValue();
    }
}
