using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>
/// The values of one feature as variants of one type: boolean, text or number where all values are, else JSON. Whether a value counts as true is what
/// a feature that is no boolean answers when it is asked whether it is on.
/// </summary>
internal sealed class FeatureVariants
{
    /// <summary>The variant of a prerequisite that is not met.</summary>
    public const string Blocked = "(prerequisite)";

    private readonly List<(string Name, string? Label, JsonElement? Value)> _values = [];

    public FlagType Type => TypeOf([.. _values.Select(value => value.Value)]);

    /// <summary>Adds a value under a name of its own.</summary>
    public string Add(string name, JsonElement? value, string? label = null)
    {
        if (!_values.Exists(known => known.Name == name))
            _values.Add((name, label, value is { ValueKind: JsonValueKind.Null } ? null : value));
        return name;
    }

    public IReadOnlyList<VariantDefinition> ToDefinitions()
    {
        var type = Type;
        return [.. _values.Select(value => new VariantDefinition(value.Name, ValueOf(value.Value, type))
        {
            Enabled = type == FlagType.Boolean ? null : Json.Counts(value.Value),
            Label = value.Label,
        })];
    }

    /// <summary>What a condition on the feature, as a prerequisite, sees of each variant.</summary>
    public IReadOnlyList<KeyValuePair<string, AttributeValue>> ToConditionValues() =>
        [.. _values.Select(value => KeyValuePair.Create(value.Name, Seen(value.Value is { } known ? BackendDocument.ValueOf(known) : default)))];

    public static AttributeValue Seen(AttributeValue value) => AttributeValue.Object([new("value", value)]);

    private static FlagType TypeOf(JsonElement?[] values)
    {
        JsonElement[] known = [.. values.OfType<JsonElement>()];
        if (known.Length == 0)
            return FlagType.Json;
        if (Array.TrueForAll(known, value => value.ValueKind == JsonValueKind.String))
            return FlagType.String;
        if (Array.TrueForAll(known, value => value.ValueKind == JsonValueKind.Number))
            return Array.TrueForAll(known, value => value.TryGetInt64(out _)) ? FlagType.Integer : FlagType.Number;
        // A boolean without a value is neither on nor off; as JSON it is off.
        return known.Length == values.Length && Array.TrueForAll(known, value => value.ValueKind is JsonValueKind.True or JsonValueKind.False) ? FlagType.Boolean : FlagType.Json;
    }

    private static VariantValue ValueOf(JsonElement? value, FlagType type) => value is not { } known ? VariantValue.None : type switch
    {
        FlagType.Boolean => known.GetBoolean(),
        FlagType.String => known.GetString(),
        FlagType.Integer => known.GetInt64(),
        FlagType.Number => known.GetDouble(),
        _ => VariantValue.Json(known.GetRawText()),
    };
}
