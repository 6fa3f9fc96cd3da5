using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>
/// The values of variants, which are texts to Microsoft and are read in the type requested. A flag has the one type that all of them look like. Booleans are
/// JSON, because as a boolean the flag returns whether it is on.
/// </summary>
internal static class VariantValues
{
    public const string Name = "configuration_value";

    public static FlagType TypeOf(Section[] variants)
    {
        JsonElement[] values = [.. variants.Select(variant => variant.Get(Name)).Where(value => value.Exists).Select(value => value.Element)];
        if (Array.TrueForAll(values, value => value.ValueKind == JsonValueKind.String))
            return FlagType.String;
        if (Array.TrueForAll(values, IsNumber))
            return Array.TrueForAll(values, value => BackendJson.TryReadWhole(value, out _)) ? FlagType.Integer : FlagType.Number;
        return FlagType.Json;
    }

    /// <summary>Returns the value, or none if the variant has none.</summary>
    public static VariantValue Of(Section variant, FlagType type) => variant.Get(Name) switch
    {
        { Exists: false } => default,
        var value when type == FlagType.Json => VariantValue.Untyped(value.Element.GetRawText(), type),
        var value => VariantValue.Untyped(value.Value!, type),
    };

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number);
}
