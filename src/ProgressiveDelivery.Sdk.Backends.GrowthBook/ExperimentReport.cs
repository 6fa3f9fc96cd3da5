using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>An experiment that decided, with its result, in GrowthBook's form.</summary>
internal sealed class ExperimentReport
{
    // Members of a rule that belong to the experiment: the first if they count as true, the second if they exist.
    private static readonly string[] WhereTrue =
        ["weights", "hashAttribute", "fallbackAttribute", "disableStickyBucketing", "namespace", "meta", "ranges", "name", "phase", "seed", "hashVersion", "filters", "condition"];

    private static readonly string[] WhereThere = ["coverage", "bucketVersion", "minBucketVersion"];

    private readonly Explanation _explanation;
    private readonly JsonElement _rule;
    private readonly JsonElement[] _variations;
    private readonly JsonElement[] _meta;
    private readonly string _attribute;
    private readonly AttributeValue _unit;
    private readonly string? _stored;
    private readonly double? _position;
    private readonly JsonObject? _leaf;

    public ExperimentReport(Explanation explanation, JsonElement rule, EvaluationContext context, GrowthBookContextMapping mapping)
    {
        (_explanation, _rule) = (explanation, rule);
        _variations = ExperimentReader.VariationsOf(rule)!;
        _meta = Json.Items(rule, "meta");
        ExplanationStep[] steps = [.. explanation.Steps.SelectMany(Flatten)];
        var attributes = ExperimentReader.AttributesOf(rule, isSticky: Array.Exists(steps, step => step.Kind == ExplanationKind.Assignment));
        _attribute = attributes.FirstOrDefault(attribute => !IsMissing(mapping.UnitOf(context, attribute))) ?? attributes[0];
        _unit = mapping.UnitOf(context, _attribute);
        _stored = steps.LastOrDefault(step => step.Kind == ExplanationKind.Assignment && step.Outcome == ExplanationOutcome.Yes)?.Subject;
        Variation = VariationOf(steps);
        _position = steps.LastOrDefault(step => step.Position is not null)?.Position;
        _leaf = LeafOf(steps);
    }

    /// <summary>The variation's index.</summary>
    public int Variation { get; }

    // An experiment may force one variation for all units.
    private bool IsHashed => _position is not null && Json.Number(_rule, "force") is null;

    private string Key => Json.SomeText(_rule, "key") ?? _explanation.Flag;

    public JsonObject Experiment()
    {
        var experiment = new JsonObject { ["variations"] = new JsonArray([.. _variations.Select(Node)]), ["key"] = Key };
        foreach (var name in WhereTrue)
        {
            if (Json.Counts(BackendJson.Find(_rule, name)))
                experiment[name] = Node(_rule.GetProperty(name));
        }

        foreach (var name in WhereThere)
        {
            if (_rule.TryGetProperty(name, out var value))
                experiment[name] = Node(value);
        }

        if (_leaf is not null)
        {
            experiment["weights"] = _leaf["variationWeights"]!.DeepClone();
            if (IsHashed)
                experiment["contextualBandit"] = _leaf.DeepClone();
        }

        return experiment;
    }

    public JsonObject Result(string? value)
    {
        var meta = Variation < _meta.Length ? _meta[Variation] : default;
        var result = new JsonObject
        {
            ["key"] = _explanation.Variant,
            ["featureId"] = _explanation.Flag,
            ["inExperiment"] = true,
            ["hashUsed"] = IsHashed,
            ["variationId"] = Variation,
            ["value"] = value is null ? null : JsonNode.Parse(value),
            ["hashAttribute"] = _attribute,
            ["hashValue"] = Node(_unit),
            ["stickyBucketUsed"] = _stored is not null,
        };
        if (Json.SomeText(meta, "name") is { } name)
            result["name"] = name;
        if (_position is { } position)
            result["bucket"] = position;
        if (!IsHashed)
            return result;
        foreach (var (member, leaf) in _leaf ?? [])
            result[member] = leaf?.DeepClone();
        return result;
    }

    private static IEnumerable<ExplanationStep> Flatten(ExplanationStep step) => [step, .. step.Steps.SelectMany(Flatten)];

    // Two variations may have the same key: the forced step decides, or the range that matched.
    private int VariationOf(ExplanationStep[] steps)
    {
        if (_stored is not null)
        {
            var name = _stored[.._stored.LastIndexOf(" at version ", StringComparison.Ordinal)];
            return Json.Number(_rule, "force") is { } told ? (int)told : Array.FindIndex(_meta, meta => Json.SomeText(meta, "key") == name);
        }

        var hit = steps.Last(step => step.Outcome == ExplanationOutcome.Yes && (step.Kind == ExplanationKind.Split || step.Subject.StartsWith(ExperimentReader.Forced, StringComparison.Ordinal)));
        return int.Parse(hit.Subject.AsSpan(hit.Subject.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture);
    }

    private JsonObject? LeafOf(ExplanationStep[] steps)
    {
        if (Json.SomeText(_rule, "contextualBanditRef") is not { } reference || !_explanation.Metadata.TryGetValue(FeatureNotes.Bandits, out var bandits) || BackendJson.Find(bandits, reference) is not { } bandit)
            return null;
        var hit = steps.LastOrDefault(step => step.Kind == ExplanationKind.Step && step.Outcome == ExplanationOutcome.Yes && step.Subject.StartsWith(ExperimentReader.Leaf, StringComparison.Ordinal))?.Subject;
        var leaf = Json.Items(bandit, "contexts").Cast<JsonElement?>().FirstOrDefault(leaf => ExperimentReader.LeafStep(leaf!.Value) == hit);
        var weights = BackendJson.Find(leaf ?? _rule, "weights") is { } given ? Node(given) : new JsonArray([.. Ranges.EqualWeights(_variations.Length).Select(weight => (JsonNode)weight)]);
        var report = new JsonObject { ["leafId"] = leaf is { } found && BackendJson.Find(found, "leafId") is { } id ? Node(id) : -1, ["variationWeights"] = weights };
        if (BackendJson.Find(bandit, "banditVersion") is { } version)
            report["banditVersion"] = Node(version);
        return report;
    }

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());

    // Values that count as false in ECMAScript.
    private static bool IsMissing(AttributeValue unit) =>
        unit.IsNull || unit.AsString() is "" || (unit.TryGetNumber(out var number) ? number is 0 or double.NaN : unit.TryGetBoolean(out var boolean) && !boolean);

    private static JsonNode? Node(AttributeValue value) => value.Kind switch
    {
        AttributeKind.String => value.AsString(),
        AttributeKind.Boolean => value.TryGetBoolean(out var boolean) && boolean,
        AttributeKind.Integer => value.TryGetInteger(out var integer) ? integer : null,
        AttributeKind.Number => value.TryGetNumber(out var number) ? number : null,
        _ => "",
    };
}
