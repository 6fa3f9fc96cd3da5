using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>
/// Writes the feature flags of a configuration as a document. <see cref="Section"/> reads the same keys, values and order from it. Configuration has
/// only text: a variant's value that looks like a number or a boolean is written as one, which reads as the same text.
/// </summary>
internal static class ConfigurationDocument
{
    /// <param name="configuration">The configuration with the section of one of the schemas.</param>
    /// <param name="flagsAtRoot">Indicates whether the flags may also be at the root, in the older schema, if it has neither section.</param>
    public static byte[] Of(IConfiguration configuration, bool flagsAtRoot)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            var (older, current) = (configuration.GetSection(FlagList.OlderSchema), configuration.GetSection(FlagList.CurrentSchema));
            json.WriteStartObject();
            json.WritePropertyName(FlagList.CurrentSchema);
            WriteObject(json, null, [.. current.GetChildren()], isValue: false);
            json.WritePropertyName(FlagList.OlderSchema);
            if (flagsAtRoot && !older.Exists() && !Has(configuration, FlagList.CurrentSchema))
                WriteFlagsAtRoot(json, configuration);
            else
                WriteObject(json, null, [.. older.GetChildren()], isValue: false);
            json.WriteEndObject();
        }

        return text.WrittenSpan.ToArray();
    }

    private static bool Has(IConfiguration configuration, string key) =>
        configuration.GetChildren().Any(child => string.Equals(child.Key, key, StringComparison.OrdinalIgnoreCase));

    // A root may hold anything, also secrets: only flags go into the document, and only the members of a flag that are read.
    private static void WriteFlagsAtRoot(Utf8JsonWriter json, IConfiguration configuration)
    {
        json.WriteStartObject();
        foreach (var flag in configuration.GetChildren())
        {
            IConfigurationSection[] parts = [.. flag.GetChildren().Where(IsPartOfAFlag)];
            var value = bool.TryParse(flag.Value, out _) ? flag.Value : null;
            if (value is null && parts.Length == 0)
                continue;
            json.WritePropertyName(flag.Key);
            if (parts.Length == 0)
                json.WriteStringValue(value);
            else
                WriteObject(json, value, parts, isValue: false);
        }

        json.WriteEndObject();
    }

    private static bool IsPartOfAFlag(IConfigurationSection part) =>
        string.Equals(part.Key, OlderFlag.EnabledFor, StringComparison.OrdinalIgnoreCase) || string.Equals(part.Key, OlderFlag.Requirement, StringComparison.OrdinalIgnoreCase);

    private static void Write(Utf8JsonWriter json, IConfigurationSection section, bool isValue)
    {
        IConfigurationSection[] children = [.. section.GetChildren()];
        if (children.Length > 0)
            WriteSection(json, section.Value, children, isValue);
        else if (section.Value is not { } value)
            json.WriteNullValue();
        else if (isValue && value is ("True" or "False"))
            json.WriteBooleanValue(value is "True");
        else if (isValue && IsNumber(value))
            json.WriteRawValue(value);
        else
            json.WriteStringValue(value);
    }

    private static void WriteSection(Utf8JsonWriter json, string? value, IConfigurationSection[] children, bool isValue)
    {
        if (value is null && children.Length > 0 && children.Select((child, index) => child.Key == index.ToString(CultureInfo.InvariantCulture)).All(isNext => isNext))
        {
            json.WriteStartArray();
            foreach (var child in children)
                Write(json, child, isValue);
            json.WriteEndArray();
        }
        else
        {
            WriteObject(json, value, children, isValue);
        }
    }

    private static void WriteObject(Utf8JsonWriter json, string? value, IConfigurationSection[] children, bool isValue)
    {
        json.WriteStartObject();
        if (value is not null)
            json.WriteString(Section.OwnValue, value);
        foreach (var child in children)
        {
            json.WritePropertyName(child.Key);
            Write(json, child, isValue || string.Equals(child.Key, VariantValues.Name, StringComparison.OrdinalIgnoreCase));
        }

        json.WriteEndObject();
    }

    // Numbers as in JSON; 007 and +1 are texts.
    private static bool IsNumber(string value) =>
        (long.TryParse(value, CultureInfo.InvariantCulture, out var whole) && whole.ToString(CultureInfo.InvariantCulture) == value)
        || (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number.ToString(CultureInfo.InvariantCulture) == value);
}
