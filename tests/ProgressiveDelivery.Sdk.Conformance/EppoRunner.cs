using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Backends.Eppo;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Runs cases of Universal Flag Configuration, with the details of either vendor, and bandits.</summary>
/// <param name="suite">The suite.</param>
/// <param name="isDatadog">Whether the cases are Datadog's.</param>
internal sealed class EppoRunner(ConformanceSuite suite, bool isDatadog) : IMeasuredRunner
{
    private readonly Dictionary<string, FeatureSnapshot> _snapshots = [];

    public CaseResult Run(JsonElement @case) => @case.GetProperty("op").GetString() switch
    {
        "evaluate" => CaseComparison.Of(@case, Evaluate(@case)),
        "bandit" => CaseComparison.Of(@case, Choose(@case)),
        _ => CaseResult.NotRun(@case.GetProperty("id").GetString()!),
    };

    public Action? Evaluation(JsonElement @case)
    {
        if (@case.GetProperty("op").GetString() != "evaluate")
            return null;
        var (snapshot, key, context) = (Snapshot(@case), @case.GetProperty("flag").GetString()!, Context(@case));
        return @case.GetProperty("type").GetString() switch
        {
            "boolean" => () => snapshot.EvaluateBoolean(key, context),
            "integer" => () => snapshot.EvaluateInteger(key, context, 0),
            "number" => () => snapshot.EvaluateNumber(key, context, 0),
            _ => () => snapshot.EvaluateString(key, context, ""),
        };
    }

    private JsonObject Evaluate(JsonElement @case)
    {
        var (snapshot, key, context) = (Snapshot(@case), @case.GetProperty("flag").GetString()!, Context(@case));
        var fallback = @case.GetProperty("fallback");
        var assignment = snapshot.GetEppoAssignment(key, context);
        var (value, reason) = @case.GetProperty("type").GetString() switch
        {
            "boolean" => Answer(snapshot.EvaluateBoolean(key, context, fallback.ValueKind == JsonValueKind.True)),
            "integer" => Answer(snapshot.EvaluateInteger(key, context, (long)fallback.GetDouble())),
            "number" => Answer(snapshot.EvaluateNumber(key, context, fallback.GetDouble())),
            "string" => Answer(snapshot.EvaluateString(key, context, fallback.GetString())),
            _ => Parsed(snapshot.EvaluateJson(key, context, fallback, JsonTypes.Default.JsonElement)),
        };
        var isMismatch = reason == EvaluationReason.TypeMismatch;
        return new()
        {
            ["value"] = value,
            ["variant"] = isMismatch ? null : assignment.Variation,
            ["reason"] = isDatadog ? isMismatch ? "ERROR" : assignment.Reason : isMismatch ? "TYPE_MISMATCH" : assignment.Code,
            ["error"] = Error(reason),
            ["matchedAllocation"] = isMismatch ? null : Allocation(assignment.Matched),
            ["unmatchedAllocations"] = new JsonArray([.. assignment.Unmatched.Select(Allocation)]),
            ["unevaluatedAllocations"] = new JsonArray([.. assignment.Unevaluated.Select(Allocation)]),
        };
    }

    private static (JsonNode?, EvaluationReason) Answer<T>(Evaluation<T> evaluation) => (JsonValue.Create(evaluation.Value), evaluation.Reason);

    private static (JsonNode?, EvaluationReason) Parsed(Evaluation<JsonElement> evaluation) => (JsonNode.Parse(evaluation.Value.GetRawText()), evaluation.Reason);

    private static string? Error(EvaluationReason reason) => reason switch
    {
        EvaluationReason.FlagNotFound => "FLAG_NOT_FOUND",
        EvaluationReason.TypeMismatch => "TYPE_MISMATCH",
        EvaluationReason.TargetingKeyMissing => "TARGETING_KEY_MISSING",
        EvaluationReason.Error => "PARSE_ERROR",
        _ => null,
    };

    private static JsonObject? Allocation(EppoAllocation? allocation) => allocation is null ? null : new()
    {
        ["key"] = allocation.Key,
        ["allocationEvaluationCode"] = allocation.Code,
        ["orderPosition"] = allocation.Position,
    };

    private JsonObject Choose(JsonElement @case)
    {
        var documents = suite.Snapshot(@case.GetProperty("snapshot").GetString()!);
        var bandits = new EppoBandits(Bytes(documents.GetProperty("flags")), Bytes(documents.GetProperty("bandits")));
        var context = @case.GetProperty("context");
        var (numbers, categories) = Attributes(context.GetProperty("subjectAttributes"));
        var actions = @case.GetProperty("args").GetProperty("actions").EnumerateArray().Select(action =>
        {
            var (ofNumbers, ofCategories) = Attributes(action);
            return new EppoAction(action.GetProperty("actionKey").GetString()!, ofNumbers, ofCategories);
        });
        var choice = bandits.Choose(
            Snapshot(@case), @case.GetProperty("flag").GetString()!, new(context.GetProperty("subjectKey").GetString()!, numbers, categories), [.. actions], @case.GetProperty("fallback").GetString()!);
        return new() { ["value"] = choice.Variation, ["action"] = choice.Action };
    }

    // What is of another type than its list says is left out, or written as a text.
    private static (Dictionary<string, double> Numbers, Dictionary<string, string> Categories) Attributes(JsonElement attributes) => (
        attributes.GetProperty("numericAttributes").EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Number).ToDictionary(member => member.Name, member => member.Value.GetDouble()),
        attributes.GetProperty("categoricalAttributes").EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null)
            .ToDictionary(member => member.Name, member => member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText()));

    private FeatureSnapshot Snapshot(JsonElement @case)
    {
        var name = @case.GetProperty("snapshot").GetString()!;
        if (_snapshots.TryGetValue(name, out var known))
            return known;
        var document = suite.Snapshot(name);
        if (@case.GetProperty("op").GetString() == "bandit")
            document = document.GetProperty("flags");
        var (definition, diagnostics) = new EppoFormat().Read(Bytes(document));
        return _snapshots[name] = CaseSnapshot.Of(definition ?? throw new InvalidOperationException(string.Join("; ", diagnostics)));
    }

    private EvaluationContext Context(JsonElement @case)
    {
        var context = @case.GetProperty("context");
        var key = context.GetProperty(isDatadog ? "targetingKey" : "subjectKey").GetString();
        return new(key, context.GetProperty(isDatadog ? "attributes" : "subjectAttributes").EnumerateObject().Select(member => new KeyValuePair<string, AttributeValue>(member.Name, Attribute(member.Value))));
    }

    private static AttributeValue Attribute(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array => AttributeValue.List([.. value.EnumerateArray().Select(Attribute)]),
        JsonValueKind.Object => AttributeValue.Object(value.EnumerateObject().Select(member => new KeyValuePair<string, AttributeValue>(member.Name, Attribute(member.Value)))),
        _ => default,
    };

    private static byte[] Bytes(JsonElement document) => Encoding.UTF8.GetBytes(document.GetRawText());
}
