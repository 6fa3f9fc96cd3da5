using System.Buffers;
using System.Text;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>
/// Adds the values for every evaluation to the document that they came with: both are accepted, kept and rolled back as one.
/// </summary>
internal static class SyncContext
{
    /// <summary>The member that is added to documents.</summary>
    public const string Member = "$syncContext";

    /// <summary>Returns the document with the values, or unchanged if there are none or it is not an object.</summary>
    public static byte[] Join(string document, Struct? context)
    {
        var start = document.AsSpan().IndexOfAnyExcept(" \t\r\n");
        if (context is null || context.Fields.Count == 0 || start < 0 || document[start] != '{')
            return Encoding.UTF8.GetBytes(document);
        var rest = document.AsSpan(start + 1);
        var isEmpty = rest.TrimStart(" \t\r\n").StartsWith("}");

        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write("{\""u8);
        bytes.Write(Encoding.UTF8.GetBytes(Member));
        bytes.Write("\":"u8);
        using (var writer = new Utf8JsonWriter(bytes))
            Write(writer, context);
        if (!isEmpty)
            bytes.Write(","u8);
        Encoding.UTF8.GetBytes(rest, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    // In the order of their names: the same values give the same bytes.
    private static void Write(Utf8JsonWriter writer, Struct context)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in context.Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.BoolValue:
                writer.WriteBooleanValue(value.BoolValue);
                break;
            case Value.KindOneofCase.NumberValue when double.IsFinite(value.NumberValue):
                writer.WriteNumberValue(value.NumberValue);
                break;
            case Value.KindOneofCase.StringValue:
                writer.WriteStringValue(value.StringValue);
                break;
            case Value.KindOneofCase.StructValue:
                Write(writer, value.StructValue);
                break;
            case Value.KindOneofCase.ListValue:
                writer.WriteStartArray();
                foreach (var item in value.ListValue.Values)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
