using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>Makes a flag of a feature.</summary>
/// <param name="mapping">What stands for the attribute <c>id</c>.</param>
/// <param name="key">The feature's id.</param>
/// <param name="feature">The feature.</param>
/// <param name="payload">What features refer to.</param>
internal sealed class FeatureReader(GrowthBookContextMapping mapping, string key, JsonElement feature, Payload payload)
{
    private const string DefaultName = "default";
    private const string ParentConditions = "parentConditions";

    private readonly FeatureVariants _variants = new();
    private readonly List<RuleDefinition> _rules = [];

    /// <summary>What conditions of those that require the feature see of its variants; complete once it is read.</summary>
    public List<KeyValuePair<string, AttributeValue>> Seen { get; } = [];

    /// <summary>Experiments that send visitors elsewhere, for the flag that has them all; empty for any other.</summary>
    public JsonElement[] Redirects { get; init; } = [];

    /// <summary>The flag; one that is set aside where the feature cannot be read.</summary>
    public FlagDefinition Read()
    {
        try
        {
            if (Redirects.Length > 0)
                return ReadRedirects();
            if (feature.ValueKind != JsonValueKind.Object)
                return Broken("it is no object");
            var flag = ExperimentReader.VariationsOf(feature) is null ? ReadFeature() : ReadExperiment();
            Seen.AddRange(_variants.ToConditionValues());
            return flag;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            return Broken(e.Message.TrimEnd('.'));
        }
    }

    /// <summary>The flag of an experiment that belongs to no feature: of its variations, the first for who does not take part.</summary>
    private FlagDefinition ReadExperiment()
    {
        AddOwn(feature, 0);
        var first = ExperimentReader.VariationsOf(feature)!.Cast<JsonElement?>().FirstOrDefault();
        return Flag(_variants.Add(DefaultName, first), [feature]);
    }

    /// <summary>The flag of all that send visitors elsewhere: the variation of the first that one is in.</summary>
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
        if (status == "draft" || Json.Find(own, "active") is { ValueKind: JsonValueKind.False })
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
        Default = fallback is null ? null : new VariantServe(fallback),
        Metadata = FeatureNotes.OfRules(rules, payload),
    };

    private FlagDefinition Broken(string wrong) => new()
    {
        Key = key,
        Type = FlagType.Json,
        Defect = new("PD1101", DiagnosticSeverity.Error, $"$.features['{key}']", $"Feature '{key}': it cannot be read: {wrong}. Mend it in GrowthBook."),
    };

    private FlagDefinition ReadFeature()
    {
        var fallback = _variants.Add(DefaultName, Json.Find(feature, "defaultValue"));
        var rules = Json.Items(feature, "rules");
        for (var i = 0; i < rules.Length; i++)
            Add(rules[i], i);
        return Flag(fallback, rules);
    }

    /// <summary>The id that explanations show of a rule: its own, or its place.</summary>
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

    // Of those that gate, each blocks the feature once the ones before it let the rule pass.
    private List<ConditionDefinition> Parents(JsonElement rule, string id)
    {
        var held = new List<ConditionDefinition>();
        foreach (var parent in Json.Items(rule, ParentConditions))
        {
            var condition = Parent(parent);
            if (Json.Counts(Json.Find(parent, "gate")))
                _rules.Add(new() { Id = $"{id} ({FeatureVariants.Blocked})", When = All([.. held, new NotCondition(condition)]), Serve = _variants.Add(FeatureVariants.Blocked, null) });
            else
                held.Add(condition);
        }

        return held;
    }

    private ConditionDefinition Parent(JsonElement parent) => payload.Parent(Json.Text(parent, "id") ?? "", Json.Find(parent, "condition") ?? default);

    private void AddForce(JsonElement rule, int index, JsonElement force, List<ConditionDefinition> when)
    {
        AddCondition(rule, when);
        if (Rollout(rule) is { } rollout)
            when.Add(rollout);
        var name = _variants.Add(string.Create(CultureInfo.InvariantCulture, $"rule {index}"), force);
        _rules.Add(new() { Id = IdOf(rule, index), When = All(when), Serve = name });
    }

    // A share ends with its last position, where a range ends before it.
    private ConditionDefinition? Rollout(JsonElement rule)
    {
        var range = Ranges.Of(Json.Find(rule, "range"));
        var coverage = Json.Number(rule, "coverage");
        if (range is null && coverage is null)
            return null;
        if (range is null && coverage == 0)
            return new AnyCondition([]);
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
        if (Json.Items(rule, "filters").Length == 0 && Hashing.Namespace(Json.Find(rule, "namespace"), experiment.Units) is { } @namespace)
            conditions.Add(@namespace);
        AddCondition(rule, conditions);
        return conditions;
    }

    private void AddCondition(JsonElement rule, List<ConditionDefinition> conditions)
    {
        if (Json.Find(rule, "condition") is { ValueKind: JsonValueKind.Object } condition && condition.EnumerateObject().Any())
            conditions.Add(new ExpressionCondition(payload.Conditions.Read(condition)));
    }

    private static ConditionDefinition? All(IReadOnlyList<ConditionDefinition> conditions) => conditions switch
    {
        [] => null,
        [var only] => only,
        _ => new AllCondition([.. conditions]),
    };
}
