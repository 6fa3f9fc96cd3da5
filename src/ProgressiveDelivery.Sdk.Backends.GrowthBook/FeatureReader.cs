using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>Converts a feature to a flag.</summary>
/// <param name="mapping">The part of a context that stands for the attribute <c>id</c>.</param>
/// <param name="key">The feature's id.</param>
/// <param name="feature">The feature.</param>
/// <param name="payload">The payload, which features refer to.</param>
internal sealed class FeatureReader(GrowthBookContextMapping mapping, string key, JsonElement feature, Payload payload)
{
    private const string DefaultName = "default";
    private const string ParentConditions = "parentConditions";

    private readonly FeatureVariants _variants = new();
    private readonly List<RuleDefinition> _rules = [];

    /// <summary>The values of the feature's variants, as seen by conditions that require it. Complete once the feature is read.</summary>
    public List<KeyValuePair<string, AttributeValue>> Seen { get; } = [];

    /// <summary>The experiments with redirects, for the flag of all redirects; empty for any other.</summary>
    public JsonElement[] Redirects { get; init; } = [];

    /// <summary>Returns the flag.</summary>
    /// <exception cref="FormatException">The feature is malformed.</exception>
    public FlagDefinition Read()
    {
        if (Redirects.Length > 0)
            return ReadRedirects();
        if (feature.ValueKind != JsonValueKind.Object)
            throw new FormatException("it is no object");
        var flag = ExperimentReader.VariationsOf(feature) is null ? ReadFeature() : ReadExperiment();
        Seen.AddRange(_variants.ToConditionValues());
        return flag;
    }

    /// <summary>Returns the flag of an experiment outside of features. Its first variation is for units that do not take part.</summary>
    private FlagDefinition ReadExperiment()
    {
        AddOwn(feature, 0);
        var first = ExperimentReader.VariationsOf(feature)!.Cast<JsonElement?>().FirstOrDefault();
        return Flag(_variants.Add(DefaultName, first), [feature]);
    }

    /// <summary>Returns the flag of all redirects: the variation of the first experiment that includes the visitor.</summary>
    private FlagDefinition ReadRedirects()
    {
        for (var i = 0; i < Redirects.Length; i++)
            AddOwn(Redirects[i], i);
        return Flag(null, Redirects);
    }

    private void AddOwn(JsonElement own, int index)
    {
        var experiment = new ExperimentReader(mapping, key, own, payload);
        var variations = ExperimentReader.VariationsOf(own)!;
        var names = new string?[variations.Length];
        for (var i = 0; i < names.Length; i++)
            names[i] = _variants.Add(string.Create(CultureInfo.InvariantCulture, $"rule {index} variation {i}"), variations[i], experiment.KeyOf(i));

        var always = new List<ConditionDefinition>();
        List<ConditionDefinition> conditions = [.. Json.Items(own, ParentConditions).Select(Parent), .. Hashing.Filters(own, mapping), .. Conditions(own, experiment)];
        var status = Json.Text(own, "status");
        if (status == "draft" || BackendJson.Find(own, "active") is { ValueKind: JsonValueKind.False })
            always.Add(new AnyCondition([]));
        if (Json.Number(own, "force") is null)
            always.Add(status == "stopped" ? new AnyCondition([]) : new NotCondition(experiment.IsLookedAt));
        var when = UrlPatterns.Of(own, mapping) is { } places ? new AllCondition([experiment.IsAllowed, places]) : experiment.IsAllowed;
        if (names.Length > 1)
            _rules.Add(new() { Id = IdOf(own, index), When = when, Serve = experiment.Serve(names, always, conditions) });
    }

    private FlagDefinition Flag(string? fallback, JsonElement[] rules) => new()
    {
        Key = key,
        Type = _variants.Type,
        Variants = _variants.ToDefinitions(),
        Rules = _rules,
        Default = fallback is null ? null : new VariantOutcome(fallback),
        Metadata = FeatureNotes.OfRules(rules, payload),
    };

    private FlagDefinition ReadFeature()
    {
        var fallback = _variants.Add(DefaultName, BackendJson.Find(feature, "defaultValue"));
        var rules = Json.Items(feature, "rules");
        for (var i = 0; i < rules.Length; i++)
            Add(rules[i], i);
        return Flag(fallback, rules);
    }

    /// <summary>Returns the id of a rule in explanations: its own, or its place.</summary>
    public static string IdOf(JsonElement rule, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{index}{(Json.SomeText(rule, "id") is { } id ? $": {id}" : "")}");

    private void Add(JsonElement rule, int index)
    {
        var when = Parents(rule, IdOf(rule, index));
        when.AddRange(Hashing.Filters(rule, mapping));
        if (rule.TryGetProperty("force", out var force))
            AddForce(rule, index, force, when);
        else if (ExperimentReader.VariationsOf(rule) is { Length: > 1 } variations)
            AddExperiment(rule, index, variations, when);
    }

    // Each gating parent blocks the feature if the parents before it let the rule pass.
    private List<ConditionDefinition> Parents(JsonElement rule, string id)
    {
        var held = new List<ConditionDefinition>();
        foreach (var parent in Json.Items(rule, ParentConditions))
        {
            var condition = Parent(parent);
            if (Json.Counts(BackendJson.Find(parent, "gate")))
                _rules.Add(new() { Id = $"{id} ({FeatureVariants.Blocked})", When = All([.. held, new NotCondition(condition)]), Serve = _variants.Add(FeatureVariants.Blocked, null) });
            else
                held.Add(condition);
        }

        return held;
    }

    private ConditionDefinition Parent(JsonElement parent) => payload.Parent(Json.Text(parent, "id") ?? "", BackendJson.Find(parent, "condition") ?? default);

    private void AddForce(JsonElement rule, int index, JsonElement force, List<ConditionDefinition> when)
    {
        AddCondition(rule, when);
        if (Rollout(rule) is { } rollout)
            when.Add(rollout);
        var name = _variants.Add(string.Create(CultureInfo.InvariantCulture, $"rule {index}"), force);
        _rules.Add(new() { Id = IdOf(rule, index), When = All(when), Serve = name });
    }

    // A share includes its last position; a range does not.
    private ConditionDefinition? Rollout(JsonElement rule)
    {
        var written = BackendJson.Find(rule, "range");
        var range = Ranges.Of(written);
        var coverage = Ranges.CoverageOf(rule);
        if (range is null && (Json.Counts(written) || coverage is 0 or double.NaN))
            return new AnyCondition([]);
        if (range is null && coverage is null)
            return null;
        var bucketing = Hashing.Of(Hashing.VersionOf(rule), Json.SomeText(rule, "seed") ?? key, mapping.UnitsOf(Json.SomeText(rule, "hashAttribute") ?? "id"));
        return Hashing.In(bucketing, range ?? new BucketRange(0, Math.BitIncrement(coverage!.Value)));
    }

    private void AddExperiment(JsonElement rule, int index, JsonElement[] variations, List<ConditionDefinition> when)
    {
        var experiment = new ExperimentReader(mapping, key, rule, payload);
        var names = new string?[variations.Length];
        for (var i = 0; i < names.Length; i++)
        {
            if (!experiment.PassesThrough(i))
                names[i] = _variants.Add(string.Create(CultureInfo.InvariantCulture, $"rule {index} variation {i}"), variations[i], experiment.KeyOf(i));
        }

        when.Insert(0, experiment.IsAllowed);
        _rules.Add(new() { Id = IdOf(rule, index), When = All(when), Serve = experiment.Serve(names, [new NotCondition(experiment.IsLookedAt)], Conditions(rule, experiment)) });
    }

    private List<ConditionDefinition> Conditions(JsonElement rule, ExperimentReader experiment)
    {
        var conditions = new List<ConditionDefinition>();
        if (Json.Items(rule, "filters").Length == 0 && Hashing.Namespace(BackendJson.Find(rule, "namespace"), experiment.Units) is { } @namespace)
            conditions.Add(@namespace);
        AddCondition(rule, conditions);
        return conditions;
    }

    private void AddCondition(JsonElement rule, List<ConditionDefinition> conditions)
    {
        if (BackendJson.Find(rule, "condition") is not { } condition || !Json.Counts(condition) || condition is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0)
            return;
        // Without the condition, the rule would serve everyone.
        if (condition.ValueKind != JsonValueKind.Object)
            throw new FlagException("'condition' must be an object.");
        if (condition.EnumerateObject().Any())
            conditions.Add(new ExpressionCondition(payload.Conditions.Read(condition)));
    }

    private static ConditionDefinition? All(IReadOnlyList<ConditionDefinition> conditions) => conditions switch
    {
        [] => null,
        [var only] => only,
        _ => new AllCondition([.. conditions]),
    };
}
