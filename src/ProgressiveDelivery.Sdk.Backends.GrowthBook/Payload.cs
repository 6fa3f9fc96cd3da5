using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>The features of a payload, and the parts that they refer to.</summary>
internal sealed class Payload
{
    // Conditions on a feature's value do not see saved groups.
    private static readonly ConditionReader ValueConditions = new(mapping: null, new Dictionary<string, JsonElement>());

    private readonly GrowthBookContextMapping _mapping;
    private readonly Dictionary<string, FeatureReader> _features = new(StringComparer.Ordinal);
    private readonly List<(string? Key, JsonElement Experiment)> _redirects = [];
    private readonly JsonElement _bandits;

    /// <param name="mapping">The part of a context that stands for the attribute <c>id</c>.</param>
    /// <param name="parts">The parts of the payload.</param>
    /// <param name="isSticky">Indicates whether units keep their variations.</param>
    /// <param name="diagnostics">Receives the faults.</param>
    public Payload(GrowthBookContextMapping mapping, PayloadParts parts, bool isSticky, ICollection<SnapshotDiagnostic> diagnostics)
    {
        (_mapping, _bandits, IsSticky) = (mapping, parts.Bandits, isSticky);
        Conditions = new(mapping, BackendJson.Members(parts.Groups, "savedGroups", diagnostics).ToDictionary(StringComparer.Ordinal));
        foreach (var experiment in parts.Experiments.Where(experiment => ExperimentReader.VariationsOf(experiment) is not null))
            Add(experiment);
        foreach (var (name, feature) in BackendJson.Members(parts.Features, "features", diagnostics))
            _features[name] = new(mapping, name, feature, this);
    }

    public ConditionReader Conditions { get; }

    /// <summary>Indicates whether units keep their variations.</summary>
    public bool IsSticky { get; }

    public FlagDefinition[] Read()
    {
        FlagDefinition[] flags = [.. _features.Select(feature => BackendDocument.ReadFlag("features", feature.Key, feature.Value.Read))];
        var broken = flags.Where(flag => flag.Defect is not null).Select(flag => flag.Key).ToHashSet(StringComparer.Ordinal);
        // An experiment that cannot be read redirects no visitor.
        JsonElement[] redirects = [.. _redirects.Where(redirect => redirect.Key is null || !broken.Contains(redirect.Key)).Select(redirect => redirect.Experiment)];
        if (redirects.Length == 0 || _features.ContainsKey(GrowthBookRedirect.Flag))
            return flags;
        var reader = new FeatureReader(_mapping, GrowthBookRedirect.Flag, default, this) { Redirects = redirects };
        return [.. flags, BackendDocument.ReadFlag("experiments", GrowthBookRedirect.Flag, reader.Read)];
    }

    // An experiment without a key is not a flag, but may redirect.
    private void Add(JsonElement experiment)
    {
        var key = BackendJson.Find(experiment, "key") is { } name && BackendJson.TryReadText(name, out var text) && text.Length > 0 ? text : null;
        if (key is not null)
            _features[key] = new(_mapping, key, experiment, this);
        if (IsRedirect(experiment))
            _redirects.Add((key, experiment));
    }

    private static bool IsRedirect(JsonElement experiment) =>
        Json.ItemsOrNone(experiment, "urlPatterns").Length > 0 && Array.Exists(ExperimentReader.VariationsOf(experiment)!, variation => BackendJson.Find(variation, "urlRedirect") is { } address && BackendJson.TryReadText(address, out var text) && text.Length > 0);

    /// <summary>Returns the bandit that a rule names, or null if there is none.</summary>
    public JsonElement? BanditOf(JsonElement rule) => Json.SomeText(rule, "contextualBanditRef") is { } name ? BackendJson.Find(_bandits, name) : null;

    /// <summary>Returns the condition that the value of a feature, a parent, satisfies a condition.</summary>
    public ConditionDefinition Parent(string feature, JsonElement condition) =>
        new FlagExpressionCondition { Flag = feature, Values = _features.TryGetValue(feature, out var known) ? known.Seen : [], Expression = ValueConditions.Read(condition), Missing = FeatureVariants.Seen(default) };
}
