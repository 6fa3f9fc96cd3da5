using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Makes one condition of a flag's filters.</summary>
internal sealed class FilterReader(FeatureManagementContextMapping mapping, string key)
{
    private const string Namespace = "Microsoft.";
    private const string Suffix = "Filter";

    /// <summary>The condition; null: the flag is on for everybody.</summary>
    /// <exception cref="FlagException">A filter's parameters cannot be read.</exception>
    public ConditionDefinition? Read(IReadOnlyList<JsonElement> filters, string? requirement)
    {
        if (filters.Count == 0)
            return null;
        ConditionDefinition[] conditions = [.. filters.Select(Read)];
        if (conditions.Length == 1)
            return conditions[0];
        return string.Equals(requirement, "All", StringComparison.OrdinalIgnoreCase) ? new AllCondition(conditions) : new AnyCondition(conditions);
    }

    private ConditionDefinition Read(JsonElement filter)
    {
        var name = Member.Text(filter, "name") ?? "";
        var parameters = Member.Find(filter, "parameters") ?? default;
        return Plain(name) switch
        {
            "ALWAYSON" or "ON" => new AllCondition([]),
            "TARGETING" => new TargetingReader(mapping, key).Read(parameters),
            "TIMEWINDOW" => TimeWindowReader.Read(parameters),
            "PERCENTAGE" => Percentage(parameters),
            _ => new AbortCondition($"The feature filter '{name}' specified for feature '{key}' was not found."),
        };
    }

    // Another one at each evaluation: it follows nobody.
    private static BucketCondition Percentage(JsonElement parameters)
    {
        var percent = Member.Number(parameters, "Value", -1)!.Value;
        var bucketing = new BucketingDefinition { Algorithm = BucketAlgorithm.Sha256Percent, By = [], Missing = MissingUnit.Random };
        return new(bucketing, percent < 0 ? [] : [new(0, percent)]);
    }

    // The namespace and the suffix are optional.
    private static string Plain(string name)
    {
        var plain = name.StartsWith(Namespace, StringComparison.OrdinalIgnoreCase) ? name[Namespace.Length..] : name;
        plain = plain.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? plain[..^Suffix.Length] : plain;
        return plain.ToUpperInvariant();
    }
}
