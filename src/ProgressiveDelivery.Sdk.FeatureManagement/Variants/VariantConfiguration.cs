using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Variants;

/// <summary>The value of a variant as configuration, with the keys and texts that a JSON file would have. It cannot be changed, since all callers share it.</summary>
internal sealed class VariantConfiguration : ConfigurationProvider
{
    // The name of the member in Microsoft's schema.
    private const string Key = "configuration_value";

    private VariantConfiguration(JsonElement value) => Add(Key, value);

    /// <summary>Returns the section with the value; null for a value of null.</summary>
    public static IConfigurationSection? Of(JsonElement value)
    {
        var section = new ConfigurationRoot([new VariantConfiguration(value)]).GetSection(Key);
        return section.Exists() ? section : null;
    }

    /// <exception cref="NotSupportedException">The configuration cannot be changed.</exception>
    public override void Set(string key, string? value) =>
        throw new NotSupportedException($"Configuration '{key}': the configuration of a variant cannot be changed, since all users share it. Copy its values.");

    private void Add(string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Add(ConfigurationPath.Combine(path, member.Name), member.Value);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                    Add(ConfigurationPath.Combine(path, index++.ToString(CultureInfo.InvariantCulture)), item);
                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                Data[path] = null;
                break;
            default:
                Data[path] = value.ToString();
                break;
        }
    }
}
