using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>
/// Writes the feature flags of a configuration as a document. Configuration has only text: of the values of variants, what was a number or
/// a boolean by its looks is one again, and all else stays text, which readers take.
/// </summary>
internal static class ConfigurationDocument
{
    private const string VariantValue = "configuration_value";

    private static readonly string[] Schemas = ["feature_management", "FeatureManagement"];

    public static byte[] Of(IConfiguration configuration)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            foreach (var section in Schemas.Select(configuration.GetSection))
            {
                // Configuration without any flag is one in which there are none, and no other document.
                json.WritePropertyName(section.Key);
                Write(json, [.. section.GetChildren()], isValue: false);
            }

            json.WriteEndObject();
        }

        return text.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, IConfigurationSection section, bool isValue)
    {
        IConfigurationSection[] children = [.. section.GetChildren()];
        if (children.Length > 0)
            Write(json, children, isValue);
        else if (section.Value is not { } value)
            json.WriteNullValue();
        else if (isValue && IsPlain(value))
            json.WriteRawValue(value.ToLowerInvariant());
        else
            json.WriteStringValue(value);
    }

    private static void Write(Utf8JsonWriter json, IConfigurationSection[] children, bool isValue)
    {
        var isList = children.Length > 0 && Array.TrueForAll(children, child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        if (isList)
            json.WriteStartArray();
        else
            json.WriteStartObject();
        foreach (var child in children)
        {
            if (!isList)
                json.WritePropertyName(child.Key);
            Write(json, child, isValue || string.Equals(child.Key, VariantValue, StringComparison.OrdinalIgnoreCase));
        }

        if (isList)
            json.WriteEndArray();
        else
            json.WriteEndObject();
    }

    // As the JSON provider writes booleans, and numbers are written; 007 and +1 are texts.
    private static bool IsPlain(string value) =>
        value is "True" or "False"
        || (long.TryParse(value, CultureInfo.InvariantCulture, out var whole) && whole.ToString(CultureInfo.InvariantCulture) == value)
        || (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number.ToString(CultureInfo.InvariantCulture) == value);
}
