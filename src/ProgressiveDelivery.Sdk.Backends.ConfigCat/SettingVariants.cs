using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>The values that a setting serves, each with its variation id, as variants: named by the id where there is one.</summary>
internal sealed class SettingVariants
{
    private readonly Dictionary<(VariantValue Value, string? Id), VariantDefinition> _known = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<VariantDefinition> All => [.. _known.Values];

    /// <summary>All that a setting may serve.</summary>
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
            variants.Add(Json.Find(rule, "s"), type);
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
        var name = label;
        for (var i = 2; !_names.Add(name); i++)
            name = string.Create(CultureInfo.InvariantCulture, $"{label}#{i}");
        _known.Add((value, id), new(name, value) { Label = label });
        return name;
    }

    /// <summary>The names of the variants that have a value.</summary>
    public string[] NamesOf(VariantValue value) => [.. _known.Values.Where(variant => IsSame(variant.Value, value)).Select(variant => variant.Name)];

    private void AddAll(IEnumerable<JsonElement> served, FlagType type)
    {
        foreach (var one in served)
            Add(one, type);
    }

    private void Add(JsonElement? served, FlagType type)
    {
        if (served is { } one && Setting.ValueOf(Json.Find(one, "v"), type) is { } value)
            NameOf(value, Json.Text(one, "i"));
    }

    // A local number may be written as a whole one.
    private static bool IsSame(VariantValue one, VariantValue other) =>
        one == other || (Number(one) is { } number && number == Number(other));

    private static double? Number(VariantValue value) =>
        value.Type is FlagType.Integer or FlagType.Number ? double.Parse(value.ToString(), CultureInfo.InvariantCulture) : null;
}
