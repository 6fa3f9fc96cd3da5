using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>Converts a feature to a flag. Each strategy is a rule, which chooses among its own variants or else the feature's.</summary>
internal sealed class FeatureReader(
    UnleashContextMapping mapping, ConstraintReader constraints, FeatureSet features, IReadOnlySet<string> segments)
{
    private readonly StrategyReader _strategies = new(mapping);

    public FlagDefinition Read(Feature feature)
    {
        var parents = Parents(feature);
        var strategies = Json.Items(feature.Document, "strategies");
        var choice = Serve(feature);
        RuleDefinition[] rules = [.. strategies.Select(strategy => Rule(feature, strategy, parents, choice))];
        if (strategies.Length == 0)
            rules = [new() { When = parents, Serve = choice }];
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

    private RuleDefinition Rule(Feature feature, JsonElement strategy, ConditionDefinition? parents, OutcomeDefinition choice)
    {
        var conditions = new List<ConditionDefinition>();
        if (parents is not null)
            conditions.Add(parents);
        if (constraints.ReadAll(strategy) is { } own)
            conditions.Add(own);
        foreach (var segment in Json.Items(strategy, "segments").Select(Json.Text))
            conditions.Add(segment is not null && segments.Contains(segment) ? new SegmentCondition(segment) : new AnyCondition([]));
        // Last, because it is the most expensive.
        if (_strategies.Read(feature.Name, strategy) is { } activation)
            conditions.Add(activation);
        return new() { Id = Json.Text(strategy, "id") ?? Json.Text(strategy, "name"), When = All(conditions), Serve = Own(feature, strategy) ?? choice };
    }

    private static ConditionDefinition? All(List<ConditionDefinition> conditions) => conditions.Count switch
    {
        0 => null,
        1 => conditions[0],
        _ => new AllCondition(conditions),
    };

    private ConditionDefinition? Parents(Feature feature) => All([.. Json.Items(feature.Document, "dependencies").Select(Parent)]);

    // A parent with parents of its own never satisfies the dependency: there is only one level.
    private ConditionDefinition Parent(JsonElement dependency)
    {
        if (Json.Text(dependency, "feature") is not { } name || !features.Has(name))
            return new AnyCondition([]);
        if (features.Find(name) is not { } parent)
            return new AbortCondition($"It depends on feature '{name}', which cannot be read. Correct that one first.");
        if (Json.Items(parent.Document, "dependencies").Length > 0)
            return new AnyCondition([]);
        if (Json.IsFalse(dependency, "enabled"))
            return new NotCondition(new FlagCondition { Flag = name, Variants = parent.NamesOn(null) });
        var variants = Json.Texts(dependency, "variants");
        return new FlagCondition { Flag = name, Variants = parent.NamesOn(variants.Length == 0 ? null : variants) };
    }

    private OutcomeDefinition Serve(Feature feature) =>
        feature.HasVariants ? Choice(feature, Json.Items(feature.Document, "variants"), feature.Name, null) : feature.NameOn;

    // Null if the strategy has no variants of its own.
    private OutcomeDefinition? Own(Feature feature, JsonElement strategy)
    {
        var own = Json.Items(strategy, "variants");
        if (own.Length == 0)
            return null;
        var parameters = BackendJson.Find(strategy, "parameters") ?? default;
        return Choice(feature, own, Json.Text(parameters, "groupId") is { Length: > 0 } group ? group : feature.Name, Json.Text(own[0], "stickiness") ?? Json.Text(parameters, "stickiness"));
    }

    private OutcomeDefinition Choice(Feature feature, JsonElement[] variants, string group, string? stickiness)
    {
        var total = variants.Sum(variant => Weight(variant));
        if (total <= 0)
            return feature.NameOn;

        var steps = variants.SelectMany(variant => Json.Items(variant, "overrides").Select(one => new OutcomeStep { When = Override(one), Serve = feature.NameOf(variant), Id = "override" })).ToList();
        var (shares, from) = (new List<BucketShare>(), 0.0);
        foreach (var variant in variants)
        {
            var to = from + Weight(variant);
            shares.Add(new(from, to, feature.NameOf(variant)));
            from = to;
        }

        stickiness ??= Json.Text(variants[0], "stickiness");
        var serve = new BucketOutcome { Bucketing = _strategies.Bucketing(group, stickiness, (long)total, StrategyReader.VariantSeed, MissingUnit.Random), Shares = shares };
        if (steps.Count == 0)
            return serve;
        steps.Add(new() { Serve = serve, Id = "variants" });
        return new StepsOutcome(steps);
    }

    private AttributeCondition Override(JsonElement one) =>
        ConstraintReader.Test(mapping.ReferenceOf(Json.Text(one, "contextName") ?? ""), AttributeOperator.In, Json.Texts(one, "values"));

    private static double Weight(JsonElement variant) => Math.Max(0, Math.Floor(Json.Number(variant, "weight") ?? 0));
}
