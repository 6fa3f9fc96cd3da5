using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>The features of a payload, and what they refer to.</summary>
internal sealed class Payload
{
    private static readonly Dictionary<string, JsonElement> NoGroups = [];

    // Saved groups are not seen where a feature's value is judged.
    private static readonly ConditionReader ValueConditions = new(mapping: null, NoGroups);

    private readonly Dictionary<string, FeatureReader> _features = new(StringComparer.Ordinal);
    private readonly JsonElement _bandits;

    /// <param name="mapping">What stands for the attribute <c>id</c>.</param>
    /// <param name="features">The features by id.</param>
    /// <param name="groups">The saved groups by id; may be undefined.</param>
    /// <param name="bandits">The contextual bandits by id; may be undefined.</param>
    /// <param name="experiments">The experiments that belong to no feature, by their keys.</param>
    /// <param name="isSticky">Whether people keep their variations.</param>
    public Payload(GrowthBookContextMapping mapping, JsonElement features, JsonElement groups, JsonElement bandits, IEnumerable<JsonElement> experiments, bool isSticky)
    {
        (_bandits, IsSticky) = (bandits, isSticky);
        Conditions = new(mapping, groups.ValueKind == JsonValueKind.Object ? groups.EnumerateObject().DistinctBy(group => group.Name).ToDictionary(group => group.Name, group => group.Value, StringComparer.Ordinal) : NoGroups);
        var redirects = new List<JsonElement>();
        foreach (var experiment in experiments.Where(experiment => ExperimentReader.VariationsOf(experiment) is not null))
        {
            if (Json.SomeText(experiment, "key") is { } key)
                _features[key] = new(mapping, key, experiment, this);
            if (IsRedirect(experiment))
                redirects.Add(experiment);
        }

        if (redirects.Count > 0)
            _features[GrowthBookRedirect.Flag] = new(mapping, GrowthBookRedirect.Flag, default, this) { Redirects = [.. redirects] };

        foreach (var feature in features.EnumerateObject())
            _features[feature.Name] = new(mapping, feature.Name, feature.Value, this);
    }

    public ConditionReader Conditions { get; }

    /// <summary>Whether people keep their variations.</summary>
    public bool IsSticky { get; }

    public FlagDefinition[] Read() => [.. _features.Values.Select(feature => feature.Read())];

    private static bool IsRedirect(JsonElement experiment) =>
        Json.Items(experiment, "urlPatterns").Length > 0 && Array.Exists(ExperimentReader.VariationsOf(experiment)!, variation => Json.SomeText(variation, "urlRedirect") is not null);

    /// <summary>The bandit that a rule names; null: none.</summary>
    public JsonElement? BanditOf(JsonElement rule) => Json.SomeText(rule, "contextualBanditRef") is { } name ? Json.Find(_bandits, name) : null;

    /// <summary>What holds where a feature has a value that a condition wants.</summary>
    public ConditionDefinition Parent(string feature, JsonElement condition) =>
        new FlagExpressionCondition(feature, _features.TryGetValue(feature, out var known) ? known.Seen : [], ValueConditions.Read(condition), FeatureVariants.Seen(default));
}
