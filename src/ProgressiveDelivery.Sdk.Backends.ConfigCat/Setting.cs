using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>A setting: one of the document, or a value that stands in its place locally.</summary>
/// <param name="Type">The type; null where the document names none that there is.</param>
/// <param name="Document">The setting as it was sent; undefined for a local value.</param>
/// <param name="Local">The local value.</param>
internal sealed record Setting(FlagType? Type, JsonElement Document, VariantValue Local)
{
    private static readonly FlagType[] Types = [FlagType.Boolean, FlagType.String, FlagType.Integer, FlagType.Number];

    public bool IsLocal => Document.ValueKind == JsonValueKind.Undefined;

    public static Setting Remote(JsonElement document) =>
        new(Json.Whole(document, "t") is { } type and >= 0 and <= 3 ? Types[type] : null, document, default);

    public static Setting OfLocal(FlagType type, VariantValue value) => new(type, default, value);

    /// <summary>A value of the type; null where it has another, or more than one.</summary>
    public static VariantValue? ValueOf(JsonElement? value, FlagType type) => (value, type) switch
    {
        (null, _) => (VariantValue?)null,
        ({ } it, FlagType.Boolean) when Json.Find(it, "b") is { ValueKind: JsonValueKind.True or JsonValueKind.False } boolean => boolean.GetBoolean(),
        ({ } it, FlagType.String) when Json.Text(it, "s") is { } text => text,
        ({ } it, FlagType.Integer) when Json.Find(it, "i") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole) => whole,
        ({ } it, FlagType.Number) when Json.Number(it, "d") is { } number => number,
        _ => (VariantValue?)null,
    };
}
