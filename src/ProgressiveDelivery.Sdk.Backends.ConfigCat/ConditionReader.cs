using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>Converts the conditions of a setting: on the user, on another flag, on a segment.</summary>
internal sealed class ConditionReader(ConfigModel config, ConfigCatContextMapping mapping, string key)
{
    public ConditionDefinition Read(JsonElement condition)
    {
        if (BackendJson.Find(condition, "u") is { } user)
            return new UserConditionReader(mapping, config.Salt, key).Read(user);
        if (BackendJson.Find(condition, "p") is { } prerequisite)
            return Prerequisite(prerequisite);
        return BackendJson.Find(condition, "s") is { } segment ? Segment(segment) : new AbortCondition("Condition is missing or invalid.");
    }

    private ConditionDefinition Prerequisite(JsonElement condition)
    {
        if (Json.Text(condition, "f") is not { } other || !config.Settings.TryGetValue(other, out var setting) || setting.Type is not { } type)
            return new AbortCondition("Prerequisite flag key is missing or invalid.");
        if (Setting.ValueOf(BackendJson.Find(condition, "v"), type) is not { } value)
            return new AbortCondition($"Type mismatch between comparison value '{BackendJson.Find(condition, "v")}' and prerequisite flag '{other}'.");

        if (config.FindVariantsOf(other) is not { } variants)
            return new AbortCondition($"Prerequisite flag '{other}' cannot be read.");
        var asks = new FlagCondition { Flag = other, Variants = variants.NamesOf(value), EndsWithIt = true };
        return Json.Whole(condition, "c") switch
        {
            0 => asks,
            1 => new NotCondition(asks),
            _ => new AbortCondition("Comparison operator is missing or invalid."),
        };
    }

    private ConditionDefinition Segment(JsonElement condition)
    {
        if (config.Segment(Json.Whole(condition, "s") ?? -1) is not { } segment || Json.Text(segment, "n") is not { } name)
            return new AbortCondition("Segment reference is invalid.");

        // The salt of hashes in a segment is its name.
        var reader = new UserConditionReader(mapping, config.Salt, name);
        var belongs = new AllCondition([.. Json.Items(segment, "r").Select(reader.Read)]) { FirstDecides = true };
        return Json.Whole(condition, "c") switch
        {
            0 => belongs,
            1 => new NotCondition(belongs),
            _ => new AbortCondition("Segment comparison operator is missing or invalid."),
        };
    }
}
