using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>Reads a value of a text-only format as the requested type.</summary>
internal static class UntypedValue
{
    public static bool TryNumber(string? text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>
    /// Reads JSON in which texts may also be numbers and booleans; null if the JSON does not fit the type. Uses a lenient copy of the type's options
    /// with the same resolver, so it needs reflection only if the caller's options do.
    /// </summary>
    public static object? Deserialize<T>(string json, JsonTypeInfo<T> type)
    {
        try
        {
            var options = new JsonSerializerOptions(type.Options) { NumberHandling = JsonNumberHandling.AllowReadingFromString };
            options.Converters.Insert(0, new BooleanConverter());
            options.Converters.Insert(0, new TextConverter());
            return JsonSerializer.Deserialize(json, options.GetTypeInfo(typeof(T)));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return null;
        }
    }

    private sealed class BooleanConverter : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.String
            ? bool.TryParse(reader.GetString(), out var value) ? value : throw new JsonException()
            : reader.GetBoolean();

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }

    // Reads JSON booleans and numbers as texts, spelled as in configuration.
    private sealed class TextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.True => bool.TrueString,
            JsonTokenType.False => bool.FalseString,
            JsonTokenType.Number => NumberText(in reader),
            _ => reader.GetString(),
        };

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        private static string NumberText(in Utf8JsonReader reader) =>
            Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
    }
}
