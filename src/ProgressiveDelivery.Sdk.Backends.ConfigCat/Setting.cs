using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>A setting: one of the document, or a local value that replaces it.</summary>
/// <param name="Type">The type; null if the document names no known type.</param>
/// <param name="Document">The setting as it was sent; undefined for a local value.</param>
/// <param name="Local">The local value.</param>
internal sealed record Setting(FlagType? Type, JsonElement Document, VariantValue Local)
{
    private static readonly FlagType[] Types = [FlagType.Boolean, FlagType.String, FlagType.Integer, FlagType.Number];

    public bool IsLocal => Document.ValueKind == JsonValueKind.Undefined;

    public static Setting Remote(JsonElement document) =>
        new(Json.Whole(document, "t") is { } type and >= 0 and <= 3 ? Types[type] : null, document, default);

    public static Setting OfLocal(FlagType type, VariantValue value) => new(type, default, value);

    /// <summary>Returns a value of the type, or null if it has another type or more than one.</summary>
    public static VariantValue? ValueOf(JsonElement? value, FlagType type) => (value, type) switch
    {
        (null, _) => (VariantValue?)null,
        ({ } it, FlagType.Boolean) when BackendJson.Find(it, "b") is { ValueKind: JsonValueKind.True or JsonValueKind.False } boolean => boolean.GetBoolean(),
        ({ } it, FlagType.String) when Json.Text(it, "s") is { } text => text,
        ({ } it, FlagType.Integer) when BackendJson.Find(it, "i") is { ValueKind: JsonValueKind.Number } number && BackendJson.TryReadWhole(number, out var whole) => whole,
        ({ } it, FlagType.Number) when Json.Number(it, "d") is { } number => number,
        _ => (VariantValue?)null,
    };
}
