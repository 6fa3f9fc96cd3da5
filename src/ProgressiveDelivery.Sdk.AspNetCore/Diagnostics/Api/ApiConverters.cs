using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api;

/// <summary>Writes a time as RFC 3339 has it, in UTC: <c>2026-11-30T14:19:42.5Z</c>.</summary>
internal sealed class UtcConverter : WritingConverter<DateTimeOffset>
{
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
}

/// <summary>Writes a duration as a number of seconds.</summary>
internal sealed class SecondsConverter : WritingConverter<TimeSpan>
{
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue((decimal)value.Ticks / TimeSpan.TicksPerSecond);
}

/// <summary>Writes JSON as it is.</summary>
internal sealed class RawJsonConverter : WritingConverter<RawJson>
{
    // Checked when it was read. A text with half a surrogate pair, which is JSON, could not be written in another way.
    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Text, skipInputValidation: true);
}

/// <summary>Writes the members of an enumeration as <c>camelCase</c>.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase)
    where T : struct, Enum;

/// <summary>A converter for answers, which are never read.</summary>
/// <typeparam name="T">The type.</typeparam>
internal abstract class WritingConverter<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>A JSON value as text.</summary>
/// <param name="Text">The text, which is valid JSON.</param>
internal readonly record struct RawJson(string Text)
{
    /// <summary>Makes a value of an element; null for one of the kind <see cref="JsonValueKind.Undefined"/>.</summary>
    public static RawJson? Of(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? null : new(element.GetRawText());

    /// <summary>Makes a value of a text; null for null.</summary>
    public static RawJson? Of(string? text) => text is null ? null : new(text);
}
