using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>A flag's variations as variants, named by their index. Each that an experiment serves is a second variant, under the same label.</summary>
internal sealed class FlagVariations
{
    /// <summary>The suffix of the name of a variation that an experiment serves.</summary>
    public const string InExperiment = " in experiment";

    private readonly JsonElement[] _values;
    private readonly List<VariantDefinition> _variants = [];
    private readonly HashSet<string> _experiments = [];

    public FlagVariations(JsonElement flag)
    {
        _values = [.. Json.Items(flag, "variations")];
        Type = TypeOf(_values);
        for (var i = 0; i < _values.Length; i++)
            _variants.Add(new() { Name = Name(i), Value = Value(i) });
    }

    public FlagType Type { get; }

    public IReadOnlyList<VariantDefinition> All => _variants;

    /// <summary>Indicates whether an experiment serves any of them.</summary>
    public bool HasExperiments => _experiments.Count > 0;

    /// <summary>Returns the variant of an index, or null if there is none.</summary>
    public string? NameOf(long index, bool isInExperiment = false)
    {
        if (index < 0 || index >= _values.Length)
            return null;
        var name = Name(index);
        if (!isInExperiment)
            return name;
        if (_experiments.Add(name))
            _variants.Add(new() { Name = name + InExperiment, Value = Value((int)index), Label = name });
        return name + InExperiment;
    }

    /// <summary>Returns the names that a variation may have, for conditions on the served variation.</summary>
    public static string[] NamesOf(long index) => [Name(index), Name(index) + InExperiment];

    public static string Missing(long index) => string.Create(CultureInfo.InvariantCulture, $"There is no variation {index}. Correct the flag.");

    private static string Name(long index) => index.ToString(CultureInfo.InvariantCulture);

    private static FlagType TypeOf(JsonElement[] values)
    {
        JsonElement[] known = [.. values.Where(value => value.ValueKind != JsonValueKind.Null)];
        if (Array.TrueForAll(known, value => value.ValueKind is JsonValueKind.True or JsonValueKind.False))
            return FlagType.Boolean;
        if (Array.TrueForAll(known, value => value.ValueKind == JsonValueKind.String))
            return FlagType.String;
        if (Array.TrueForAll(known, value => value.ValueKind == JsonValueKind.Number))
            return Array.TrueForAll(known, value => BackendJson.TryReadWhole(value, out _)) ? FlagType.Integer : FlagType.Number;
        return FlagType.Json;
    }

    private VariantValue Value(int index)
    {
        var value = _values[index];
        if (value.ValueKind == JsonValueKind.Null)
            return VariantValue.None;
        return Type switch
        {
            FlagType.Boolean => value.GetBoolean(),
            FlagType.String => value.GetString(),
            FlagType.Integer => BackendJson.TryReadWhole(value, out var whole) ? whole : default(VariantValue),
            FlagType.Number => value.GetDouble(),
            _ => VariantValue.Json(value.GetRawText()),
        };
    }
}
