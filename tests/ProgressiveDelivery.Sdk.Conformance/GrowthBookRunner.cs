using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Runs GrowthBook's cases: features with the whole result, conditions, and what experiments are made of.</summary>
internal sealed class GrowthBookRunner(ConformanceSuite suite) : IMeasuredRunner
{
    private const string Asked = "asked";
    private const double Floor = 1e8;
    private static readonly string[] Steering = ["forcedVariations", "qaMode", "enabled", "url"];

    private readonly Dictionary<string, FeatureSnapshot> _snapshots = [];

    public CaseResult Run(JsonElement @case) => @case.GetProperty("op").GetString() switch
    {
        "evaluate" => CaseComparison.Of(@case, Evaluate(@case)),
        "stickyBucket" => CaseComparison.Of(@case, KeepVariation(@case)),
        "urlRedirect" => Of(@case, Redirects(@case)),
        "run" => CaseComparison.Of(@case, RunExperiment(@case)),
        "getQueryStringOverride" => Of(@case, Overridden(Args(@case)) is { } variation ? JsonValue.Create(variation) : null),
        "evalCondition" => Of(@case, JsonValue.Create(Holds(Args(@case)))),
        "hash" => Of(@case, Hash(Args(@case)) is { } position ? JsonValue.Create(position) : null),
        "inNamespace" => Of(@case, JsonValue.Create(InNamespace(Args(@case)))),
        "chooseVariation" => Of(@case, JsonValue.Create(Choose(Args(@case)))),
        "getBucketRange" => OfFloored(@case, [.. RangesOf(Args(@case)).Select(range => new JsonArray(range.From, range.To))]),
        "getEqualWeights" => OfFloored(@case, [.. Ranges.EqualWeights(Args(@case).GetProperty("numVariations").GetInt32()).Select(weight => JsonValue.Create(weight))]),
        "decrypt" => Of(@case, EncryptedText.TryDecrypt(Args(@case).GetProperty("text").GetString()!, Args(@case).GetProperty("key").GetString()!)),
        _ => CaseResult.NotRun(@case.GetProperty("id").GetString()!),
    };

    public Action? Evaluation(JsonElement @case)
    {
        if (@case.GetProperty("op").GetString() != "evaluate")
            return null;
        var (snapshot, key, context) = (Snapshot(@case), @case.GetProperty("flag").GetString()!, Context(@case));
        return () => snapshot.IsEnabled(key, context);
    }

    private JsonObject Evaluate(JsonElement @case)
    {
        var result = Snapshot(@case).GetGrowthBookResult(@case.GetProperty("flag").GetString()!, Context(@case));
        var whole = new JsonObject { ["value"] = Node(result.Value), ["on"] = result.On, ["off"] = !result.On, ["source"] = result.Source, ["ruleId"] = result.RuleId };
        if (result.Experiment is { } experiment)
            whole["experiment"] = Node(experiment);
        if (result.ExperimentResult is { } report)
            whole["experimentResult"] = Node(report);
        return new() { ["value"] = Node(result.Value), ["reason"] = result.Source, ["result"] = whole };
    }

    // First looked at, and then asked, since only that stores what came of it.
    private JsonObject KeepVariation(JsonElement @case)
    {
        var documents = new StickyDocuments();
        foreach (var document in Args(@case).GetProperty("docs").EnumerateArray())
            documents.Add(document);
        if (@case.GetProperty("context").TryGetProperty("stickyBucketAssignmentDocs", out var more) && more.ValueKind == JsonValueKind.Object)
        {
            foreach (var document in more.EnumerateObject())
                documents.Add(document.Value);
        }

        var (definition, _) = new GrowthBookFormat { StickyBucketing = true }.Read(Encoding.UTF8.GetBytes(suite.Snapshot(@case.GetProperty("snapshot").GetString()!).GetRawText()));
        var snapshot = CaseSnapshot.Of(definition!, assignments: documents);
        var (key, context) = (@case.GetProperty("flag").GetString()!, Context(@case));
        var result = snapshot.GetGrowthBookResult(key, context);
        snapshot.IsEnabled(key, context);
        return new() { ["experimentResult"] = Node(result.ExperimentResult), ["docs"] = documents.ToJson() };
    }

    // A payload of such experiments alone.
    private JsonArray Redirects(JsonElement @case)
    {
        var payload = JsonNode.Parse(suite.Snapshot(@case.GetProperty("snapshot").GetString()!).GetRawText())!.AsObject();
        payload.TryAdd("features", new JsonObject());
        return Snapshot(payload.ToJsonString()).GetGrowthBookRedirect(Context(@case)) is { } redirect
            ? [new JsonObject { ["inExperiment"] = true, ["urlRedirect"] = redirect.Address, ["urlWithParams"] = redirect.FullAddress }]
            : [];
    }

    // An experiment that belongs to no feature.
    private JsonObject RunExperiment(JsonElement @case)
    {
        var experiment = Args(@case).GetProperty("experiment");
        var payload = @case.TryGetProperty("snapshot", out var named) && named.ValueKind == JsonValueKind.String ? JsonNode.Parse(suite.Snapshot(named.GetString()!).GetRawText())!.AsObject() : new() { ["features"] = new JsonObject() };
        payload["experiments"] = new JsonArray(Node(experiment.GetRawText()));
        var key = experiment.GetProperty("key").GetString()!;
        var result = Snapshot(payload.ToJsonString()).GetGrowthBookResult(key, Context(@case));
        var report = Node(result.ExperimentResult);
        return new() { ["value"] = Node(result.Value), ["inExperiment"] = report is not null, ["hashUsed"] = report?["hashUsed"]?.DeepClone() ?? false };
    }

    // Where nobody takes part by the hash, who does was told to by the address.
    private static int? Overridden(JsonElement args)
    {
        var (id, url) = (args.GetProperty("id").GetString()!, args.GetProperty("url").GetString()!);
        var variations = new JsonArray([.. Enumerable.Range(0, args.GetProperty("numVariations").GetInt32()).Select(index => (JsonNode)index)]);
        var payload = new JsonObject { ["features"] = new JsonObject(), ["experiments"] = new JsonArray(new JsonObject { ["key"] = id, ["coverage"] = 0, ["variations"] = variations }) };
        var context = new EvaluationContext("u") { ["growthbook"] = AttributeValue.Object([new("url", url)]) };
        return Snapshot(payload.ToJsonString()).GetGrowthBookResult(id, context) is { ExperimentResult: { } report } ? Node(report)!["variationId"]!.GetValue<int>() : null;
    }

    // A feature that is on where the condition holds.
    private static bool Holds(JsonElement args)
    {
        var payload = new JsonObject
        {
            ["features"] = new JsonObject { [Asked] = new JsonObject { ["defaultValue"] = false, ["rules"] = new JsonArray(new JsonObject { ["condition"] = Node(args.GetProperty("condition").GetRawText()), ["force"] = true }) } },
        };
        if (args.TryGetProperty("savedGroups", out var groups))
            payload["savedGroups"] = Node(groups.GetRawText());
        return Snapshot(payload.ToJsonString()).IsEnabled(Asked, Attributes(args));
    }

    private static double? Hash(JsonElement args) =>
        Hashing.Of(args.GetProperty("version").GetDouble(), args.GetProperty("seed").GetString()!, ["id"]) is { } bucketing ? Place(bucketing, args.GetProperty("value").GetString()!) : null;

    private static bool InNamespace(JsonElement args)
    {
        var condition = (BucketCondition)Hashing.Namespace(args.GetProperty("namespace"), ["id"])!;
        var position = Place(condition.Bucketing, args.GetProperty("userId").GetString()!);
        return condition.Ranges.Any(range => position >= range.From && position < range.To);
    }

    private static int Choose(JsonElement args)
    {
        var position = args.GetProperty("n").GetDouble();
        return Array.FindIndex([.. args.GetProperty("ranges").EnumerateArray().Select(range => Ranges.Of(range)!)], range => position >= range.From && position < range.To);
    }

    private static BucketRange[] RangesOf(JsonElement args)
    {
        var weights = args.GetProperty("weights");
        return Ranges.Of(
            args.GetProperty("numVariations").GetInt32(),
            args.GetProperty("coverage").GetDouble(),
            weights.ValueKind == JsonValueKind.Array ? [.. weights.EnumerateArray().Select(weight => weight.GetDouble())] : null);
    }

    private static double Place(BucketingDefinition definition, string unit) =>
        new UnitBucketing(new(definition.Algorithm, definition.Buckets, []) { Prefix = definition.Prefix, Suffix = definition.Suffix }).Position(unit);

    private FeatureSnapshot Snapshot(JsonElement @case)
    {
        var name = @case.TryGetProperty("snapshot", out var named) ? named.GetString()! : "";
        if (_snapshots.TryGetValue(name, out var known))
            return known;
        return _snapshots[name] = Snapshot(name.Length == 0 ? """{"features":{}}""" : suite.Snapshot(name).GetRawText());
    }

    private static FeatureSnapshot Snapshot(string payload)
    {
        var (definition, diagnostics) = new GrowthBookFormat().Read(Encoding.UTF8.GetBytes(payload));
        return CaseSnapshot.Of(definition ?? throw new InvalidOperationException(string.Join("; ", diagnostics)));
    }

    private static EvaluationContext Context(JsonElement @case)
    {
        var context = @case.GetProperty("context");
        var steering = Steering.Where(name => context.TryGetProperty(name, out _)).Select(name => KeyValuePair.Create(name, BackendDocument.ValueOf(context.GetProperty(name)))).ToArray();
        return steering.Length == 0 ? Attributes(context) : Attributes(context).With("growthbook", AttributeValue.Object(steering));
    }

    private static EvaluationContext Attributes(JsonElement parent) => parent.TryGetProperty("attributes", out var attributes) && attributes.ValueKind == JsonValueKind.Object
        ? new(null, attributes.EnumerateObject().Select(attribute => KeyValuePair.Create(attribute.Name, BackendDocument.ValueOf(attribute.Value))))
        : EvaluationContext.Empty;

    private static CaseResult Of(JsonElement @case, JsonNode? value) => CaseComparison.Of(@case, new() { ["value"] = value });

    // As the cases say: to eight decimals, on both sides.
    private static CaseResult OfFloored(JsonElement @case, JsonNode?[] value)
    {
        var expected = Floored(Node(@case.GetProperty("expect").GetProperty("value").GetRawText()));
        var actual = Floored(new JsonArray(value));
        var id = @case.GetProperty("id").GetString()!;
        return JsonNode.DeepEquals(expected, actual) ? CaseResult.Success(id) : new(id, expected?.ToJsonString(), actual?.ToJsonString());
    }

    private static JsonNode? Floored(JsonNode? node) => node switch
    {
        JsonArray list => new JsonArray([.. list.Select(Floored)]),
        JsonValue value => JsonValue.Create(Math.Floor(value.Deserialize<double>(JsonSerializerOptions.Default) * Floor)),
        _ => null,
    };

    private static JsonNode? Node(string? json) => json is null ? null : JsonNode.Parse(json);

    /// <summary>GrowthBook's documents, one for each unit.</summary>
    private sealed class StickyDocuments : IAssignmentMemory
    {
        private readonly SortedDictionary<string, SortedDictionary<string, string>> _byUnit = new(StringComparer.Ordinal);

        public void Add(JsonElement document)
        {
            var unit = $"{document.GetProperty("attributeName").GetString()}||{document.GetProperty("attributeValue").GetString()}";
            foreach (var assignment in document.GetProperty("assignments").EnumerateObject())
                Store(assignment.Name, unit, new(0, assignment.Value.GetString()!));
        }

        public bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment)
        {
            var isStored = _byUnit.TryGetValue(unit.ToString(), out var assignments) & assignments?.ContainsKey(experiment) == true;
            assignment = isStored ? new(0, assignments![experiment]) : default;
            return isStored;
        }

        public void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment)
        {
            if (!_byUnit.TryGetValue(unit.ToString(), out var assignments))
                _byUnit[unit.ToString()] = assignments = new(StringComparer.Ordinal);
            assignments[experiment] = assignment.Variant;
        }

        public JsonObject ToJson() => new(_byUnit.Select(unit => KeyValuePair.Create(unit.Key, (JsonNode?)new JsonObject
        {
            ["assignments"] = new JsonObject(unit.Value.Select(assignment => KeyValuePair.Create(assignment.Key, (JsonNode?)assignment.Value))),
            ["attributeName"] = unit.Key.Split("||")[0],
            ["attributeValue"] = unit.Key.Split("||")[1],
        })));
    }

    private static JsonElement Args(JsonElement @case) => @case.GetProperty("args");
}
