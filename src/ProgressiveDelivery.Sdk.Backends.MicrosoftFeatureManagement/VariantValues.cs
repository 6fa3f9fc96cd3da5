using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>The values of variants, and the one type that holds all of a flag's. Booleans are JSON: as a boolean, the flag answers whether it is on.</summary>
internal static class VariantValues
{
    private const string Name = "configuration_value";

    public static FlagType TypeOf(JsonElement[] variants)
    {
        JsonElement[] values = [.. variants.Select(variant => Member.Find(variant, Name)).OfType<JsonElement>()];
        if (Array.TrueForAll(values, value => value.ValueKind == JsonValueKind.String))
            return FlagType.String;
        if (Array.TrueForAll(values, value => value.ValueKind == JsonValueKind.Number))
            return Array.TrueForAll(values, value => value.TryGetInt64(out _)) ? FlagType.Integer : FlagType.Number;
        return FlagType.Json;
    }

    /// <summary>The value; none where the variant has none.</summary>
    public static VariantValue Of(JsonElement variant, FlagType type)
    {
        if (Member.Find(variant, Name) is not { } value)
            return default;
        return type switch
        {
            FlagType.String => value.GetString(),
            FlagType.Integer => value.GetInt64(),
            FlagType.Number => value.GetDouble(),
            _ => VariantValue.Json(value.GetRawText()),
        };
    }
}
