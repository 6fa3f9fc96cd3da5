using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>
/// The values of one feature as variants of one type: boolean, text or number if all values are, else JSON. If the feature is not a boolean,
/// it is on if its value counts as true.
/// </summary>
internal sealed class FeatureVariants
{
    /// <summary>The variant of a prerequisite that is not met.</summary>
    public const string Blocked = "(prerequisite)";

    private readonly List<(string Name, string? Label, JsonElement? Value)> _values = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public FlagType Type => TypeOf([.. _values.Select(value => value.Value)]);

    /// <summary>Adds a value under a name of its own.</summary>
    public string Add(string name, JsonElement? value, string? label = null)
    {
        if (_names.Add(name))
            _values.Add((name, label, value is { ValueKind: JsonValueKind.Null } ? null : value));
        return name;
    }

    public IReadOnlyList<VariantDefinition> ToDefinitions()
    {
        var type = Type;
        return [.. _values.Select(value => new VariantDefinition
        {
            Name = value.Name,
            Value = ValueOf(value.Value, type),
            Enabled = type == FlagType.Boolean ? null : Json.Counts(value.Value),
            Label = value.Label,
        })];
    }

    /// <summary>Returns the values of the variants, as conditions on the feature as a prerequisite see them.</summary>
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
            return Array.TrueForAll(known, value => BackendJson.TryReadWhole(value, out _)) ? FlagType.Integer : FlagType.Number;
        // A boolean without a value is neither on nor off; as JSON it is off.
        return known.Length == values.Length && Array.TrueForAll(known, value => value.ValueKind is JsonValueKind.True or JsonValueKind.False) ? FlagType.Boolean : FlagType.Json;
    }

    private static VariantValue ValueOf(JsonElement? value, FlagType type) => value is not { } known ? VariantValue.None : type switch
    {
        FlagType.Boolean => known.GetBoolean(),
        FlagType.String => known.GetString(),
        FlagType.Integer => BackendJson.TryReadWhole(known, out var whole) ? whole : default(VariantValue),
        FlagType.Number => known.GetDouble(),
        _ => VariantValue.Json(known.GetRawText()),
    };
}
