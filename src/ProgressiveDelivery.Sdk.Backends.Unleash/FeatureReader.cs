using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>Makes a flag of a feature: each strategy is a rule, which chooses among its own variants or else the feature's.</summary>
internal sealed class FeatureReader(
    UnleashContextMapping mapping, ConstraintReader constraints, IReadOnlyDictionary<string, Feature> features, IReadOnlySet<string> segments)
{
    private readonly StrategyReader _strategies = new(mapping);

    public FlagDefinition Read(Feature feature)
    {
        var parents = Parents(feature);
        var strategies = Json.Items(feature.Document, "strategies");
        RuleDefinition[] rules = [.. strategies.Select(strategy => Rule(feature, strategy, parents))];
        if (strategies.Length == 0)
            rules = [new() { When = All(parents), Serve = Serve(feature, default) }];
        return new()
        {
            Key = feature.Name,
            Type = feature.Type,
            Variants = feature.Variants,
            Enabled = Json.IsTrue(feature.Document, "enabled"),
            OffVariant = feature.NameOff,
            Rules = rules,
            Default = feature.NameOff,
            Metadata = PayloadNotes.Of(feature),
        };
    }

    private RuleDefinition Rule(Feature feature, JsonElement strategy, List<ConditionDefinition> parents)
    {
        var conditions = new List<ConditionDefinition>(parents);
        if (constraints.ReadAll(strategy) is { } own)
            conditions.Add(own);
        foreach (var segment in Json.Items(strategy, "segments").Select(id => id.GetRawText()))
            conditions.Add(segments.Contains(segment) ? new SegmentCondition(segment) : new AnyCondition([]));
        // Last, for it is the dearest.
        if (_strategies.Read(feature.Name, strategy) is { } activation)
            conditions.Add(activation);
        return new() { Id = Json.Text(strategy, "id") ?? Json.Text(strategy, "name"), When = All(conditions), Serve = Serve(feature, strategy) };
    }

    private static ConditionDefinition? All(List<ConditionDefinition> conditions) => conditions.Count switch
    {
        0 => null,
        1 => conditions[0],
        _ => new AllCondition(conditions),
    };

    private List<ConditionDefinition> Parents(Feature feature)
    {
        var conditions = new List<ConditionDefinition>();
        foreach (var dependency in Json.Items(feature.Document, "dependencies"))
            conditions.Add(Parent(dependency));
        return conditions;
    }

    // A parent that has parents itself never satisfies: there is one level.
    private ConditionDefinition Parent(JsonElement dependency)
    {
        if (Json.Text(dependency, "feature") is not { } name || !features.TryGetValue(name, out var parent) || Json.Items(parent.Document, "dependencies").Length > 0)
            return new AnyCondition([]);
        if (Json.IsFalse(dependency, "enabled"))
            return new NotCondition(new FlagCondition(name, parent.NamesOn(null)));
        var variants = Json.Texts(dependency, "variants");
        return new FlagCondition(name, parent.NamesOn(variants.Length == 0 ? null : variants));
    }

    private ServeDefinition Serve(Feature feature, JsonElement strategy)
    {
        if (!feature.HasVariants)
            return feature.NameOn;
        var own = Json.Items(strategy, "variants");
        var parameters = Json.Find(strategy, "parameters") ?? default;
        return own.Length > 0
            ? Choice(feature, own, Json.Text(parameters, "groupId") is { Length: > 0 } group ? group : feature.Name, Json.Text(own[0], "stickiness") ?? Json.Text(parameters, "stickiness"))
            : Choice(feature, Json.Items(feature.Document, "variants"), feature.Name, null);
    }

    private ServeDefinition Choice(Feature feature, JsonElement[] variants, string group, string? stickiness)
    {
        var total = variants.Sum(variant => Weight(variant));
        if (total <= 0)
            return feature.NameOn;

        var steps = variants.SelectMany(variant => Json.Items(variant, "overrides").Select(one => new ServeStep(Override(one), feature.NameOf(variant)) { Id = "override" })).ToList();
        var (shares, from) = (new List<BucketShare>(), 0.0);
        foreach (var variant in variants)
        {
            var to = from + Weight(variant);
            shares.Add(new(from, to, feature.NameOf(variant)));
            from = to;
        }

        stickiness ??= Json.Text(variants[0], "stickiness");
        var serve = new BucketServe { Bucketing = _strategies.Bucketing(group, stickiness, (long)total, StrategyReader.VariantSeed, MissingUnit.Random), Shares = shares };
        if (steps.Count == 0)
            return serve;
        steps.Add(new(null, serve) { Id = "variants" });
        return new StepsServe(steps);
    }

    private AttributeCondition Override(JsonElement one) =>
        ConstraintReader.Test(mapping.ReferenceOf(Json.Text(one, "contextName") ?? ""), AttributeOperator.In, Json.Texts(one, "values"));

    private static double Weight(JsonElement variant) => Math.Max(0, Math.Floor(Json.Number(variant, "weight") ?? 0));
}
