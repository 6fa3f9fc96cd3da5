using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Json;

/// <summary>Writes values as all parts of the JSON report do.</summary>
internal static class JsonValues
{
    /// <summary>Writes a number; null for one that does not exist or is not finite.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    /// <summary>Writes an instant in UTC.</summary>
    public static void Time(this Utf8JsonWriter json, string name, DateTimeOffset value) =>
        json.WriteString(name, value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));

    /// <summary>Writes a day.</summary>
    public static void Day(this Utf8JsonWriter json, string name, DateOnly? value) => json.WriteString(name, value?.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Writes the name of an enum's value in camel case.</summary>
    public static void Name<T>(this Utf8JsonWriter json, string name, T value)
        where T : struct, Enum => json.WriteString(name, JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    /// <summary>Writes an interval; null if there is none.</summary>
    public static void Interval(this Utf8JsonWriter json, string name, Interval? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.Ends(value);
        json.WriteEndObject();
    }

    /// <summary>Writes the numbers of an interval into an object.</summary>
    public static void Ends(this Utf8JsonWriter json, Interval value)
    {
        json.Number("estimate", value.Estimate);
        json.Number("low", value.Low);
        json.Number("high", value.High);
    }

    /// <summary>Writes an array of objects.</summary>
    public static void Objects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> values, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStartObject();
            write(value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes an array of texts.</summary>
    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
