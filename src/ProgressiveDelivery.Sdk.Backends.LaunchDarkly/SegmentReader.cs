using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>Converts a segment: included and excluded users, then those of other kinds, then rules.</summary>
internal sealed class SegmentReader(string key, JsonElement segment, ReferenceReader references, ClauseReader clauses)
{
    private readonly string? _salt = Json.Text(segment, "salt");

    public SegmentDefinition Read()
    {
        if (Json.IsTrue(segment, "unbounded"))
            return new() { Name = key };

        ConditionDefinition rules = new AnyCondition([.. Json.Items(segment, "rules").Select(Rule)]);
        var excluded = Listed("excludedContexts");
        var included = Listed("includedContexts");
        if (excluded.Length > 0)
            rules = new AllCondition([new NotCondition(new AnyCondition(excluded)), rules]);
        return new()
        {
            Name = key,
            By = [references.KeyOf(null)],
            Include = Json.Texts(segment, "included"),
            Exclude = Json.Texts(segment, "excluded"),
            When = included.Length > 0 ? new AnyCondition([.. included, rules]) : rules,
        };
    }

    private ConditionDefinition[] Listed(string member) =>
        [.. Json.Items(segment, member).Select(target => FlagReader.ListedIn(references.KeyOf(Json.Text(target, "contextKind")), Json.Texts(target, "values")))];

    private ConditionDefinition Rule(JsonElement rule)
    {
        var matches = clauses.ReadAll(rule) ?? new AllCondition([]);
        if (Json.Whole(rule, "weight") is not { } weight)
            return matches;
        var bucketBy = Json.Text(rule, "bucketBy");
        var bucketing = RolloutReader.Bucketing(references, RolloutReader.Prefix(key, _salt, seed: null), Json.Text(rule, "rolloutContextKind"), bucketBy is { Length: > 0 } ? bucketBy : null);
        return new AllCondition([matches, new BucketCondition { Bucketing = bucketing, Ranges = [new(0, RolloutReader.Add(0, weight))] }]);
    }
}
