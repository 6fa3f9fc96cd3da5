using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>Writes the parts of Eppo's logs.</summary>
internal static class EppoEventJson
{
    // Anything that a caller passed is written, whatever it is.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static string Text<T>(T occurred, Action<Utf8JsonWriter, T> write)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, Plain))
        {
            json.WriteStartObject();
            write(json, occurred);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(body.WrittenSpan);
    }

    public static void WriteTimestamp(Utf8JsonWriter json, DateTimeOffset time)
    {
        json.WritePropertyName("timestamp");
        AttributeJson.Write(json, time);
    }

    public static void WriteMetaData(Utf8JsonWriter json)
    {
        json.WriteStartObject("metaData");
        json.WriteString("sdkName", EppoBackend.SdkName);
        json.WriteString("sdkVersion", EppoBackend.Version);
        json.WriteEndObject();
    }

    public static void WriteAttributes(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in attributes)
        {
            json.WritePropertyName(key);
            AttributeJson.Write(json, value);
        }

        json.WriteEndObject();
    }

    public static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, double> numbers)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in numbers)
            WriteNumber(json, key, value);
        json.WriteEndObject();
    }

    public static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> texts)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in texts)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    public static void WriteNumber(Utf8JsonWriter json, string name, double number)
    {
        if (double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
