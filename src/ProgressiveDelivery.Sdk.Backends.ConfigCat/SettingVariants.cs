using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>The values that a setting serves, with their variation ids, as variants. A variant is named by the id if there is one.</summary>
internal sealed class SettingVariants
{
    private readonly Dictionary<(VariantValue Value, string? Id), VariantDefinition> _known = [];
    private readonly Dictionary<VariantValue, List<string>> _byValue = [];
    private readonly UniqueNames _names = new();

    public IReadOnlyList<VariantDefinition> All => [.. _known.Values];

    /// <summary>Returns all values that a setting may serve.</summary>
    public static SettingVariants Of(Setting setting)
    {
        var variants = new SettingVariants();
        if (setting.Type is not { } type)
            return variants;
        if (setting.IsLocal)
        {
            variants.NameOf(setting.Local, id: null);
            return variants;
        }

        foreach (var rule in Json.Items(setting.Document, "r"))
        {
            variants.Add(BackendJson.Find(rule, "s"), type);
            variants.AddAll(Json.Items(rule, "p"), type);
        }

        variants.AddAll(Json.Items(setting.Document, "p"), type);
        variants.Add(setting.Document, type);
        return variants;
    }

    public string NameOf(VariantValue value, string? id)
    {
        if (_known.TryGetValue((value, id), out var variant))
            return variant.Name;
        var label = id is { Length: > 0 } ? id : value.ToString();
        var name = _names.Of(label);
        _known.Add((value, id), new() { Name = name, Value = value, Label = label });
        if (!_byValue.TryGetValue(Comparable(value), out var names))
            _byValue[Comparable(value)] = names = [];
        names.Add(name);
        return name;
    }

    /// <summary>Returns the names of the variants with a value.</summary>
    public string[] NamesOf(VariantValue value) => _byValue.TryGetValue(Comparable(value), out var names) ? [.. names] : [];

    private void AddAll(IEnumerable<JsonElement> served, FlagType type)
    {
        foreach (var one in served)
            Add(one, type);
    }

    private void Add(JsonElement? served, FlagType type)
    {
        if (served is { } one && Setting.ValueOf(BackendJson.Find(one, "v"), type) is { } value)
            NameOf(value, Json.Text(one, "i"));
    }

    // A local number may be written as a whole one.
    private static VariantValue Comparable(VariantValue value) =>
        value.Type == FlagType.Integer ? double.Parse(value.ToString(), CultureInfo.InvariantCulture) : value;
}
