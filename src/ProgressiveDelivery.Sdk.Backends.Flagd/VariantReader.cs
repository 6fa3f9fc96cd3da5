using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>Reads a flag's variants, and derives the flag's type from their values.</summary>
internal static class VariantReader
{
    public static bool TryRead(string key, JsonElement variants, out FlagType type, out List<VariantDefinition> read, out SnapshotDiagnostic? fault)
    {
        fault = null;
        read = [];
        type = TypeOf(variants);
        foreach (var variant in variants.EnumerateObject())
        {
            if (Read(variant.Value) is not { Type: not null } value)
            {
                fault = FlagdDiagnostics.Value(key, variant.Name, $"{JsonKind.Of(variant.Value)} that cannot be read");
                return false;
            }

            read.Add(new() { Name = variant.Name, Value = value });
        }

        return true;
    }

    // Whole numbers are integers in any notation: callers can read them as either type.
    private static FlagType TypeOf(JsonElement variants)
    {
        var type = FlagType.Integer;
        foreach (var variant in variants.EnumerateObject())
        {
            switch (variant.Value.ValueKind)
            {
                case JsonValueKind.True or JsonValueKind.False:
                    return FlagType.Boolean;
                case JsonValueKind.String:
                    return FlagType.String;
                case JsonValueKind.Number when BackendJson.TryReadWhole(variant.Value, out _):
                    break;
                case JsonValueKind.Number:
                    type = FlagType.Number;
                    break;
                default:
                    return FlagType.Json;
            }
        }

        return type;
    }

    private static VariantValue Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when BackendJson.TryReadWhole(value, out var whole) => whole,
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) => number,
        JsonValueKind.Object or JsonValueKind.Array => VariantValue.Json(value.GetRawText()),
        _ => default,
    };
}
