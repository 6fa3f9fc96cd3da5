using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Expressions;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Asks flagd's cases: flags through the reader, the compiler and the typed evaluations, JsonLogic through the reader, the compiler and its nodes.</summary>
internal sealed class FlagdRunner(ConformanceSuite suite) : IMeasuredRunner
{
    private readonly Dictionary<(string, FlagdFractional), (SnapshotDefinition Definition, FeatureSnapshot Snapshot)> _snapshots = [];

    public CaseResult Run(JsonElement @case) => @case.GetProperty("op").GetString() switch
    {
        "evaluate" => Generations(@case).Select(generation => Evaluate(@case, generation)).FirstOrDefault(result => !result.Passed)
            ?? CaseResult.Success(@case.GetProperty("id").GetString()!),
        "jsonlogic" => JsonLogic(@case),
        _ => CaseResult.NotRun(@case.GetProperty("id").GetString()!),
    };

    public Action? Evaluation(JsonElement @case)
    {
        if (@case.GetProperty("op").GetString() != "evaluate")
            return null;
        var snapshot = Snapshot(@case, Generations(@case).First()).Snapshot;
        var flag = @case.GetProperty("flag").GetString()!;
        var context = Context(@case);
        return @case.GetProperty("type").GetString() switch
        {
            "boolean" => () => snapshot.EvaluateBoolean(flag, context, false),
            "string" => () => snapshot.EvaluateString(flag, context, ""),
            "integer" => () => snapshot.EvaluateInteger(flag, context, 0),
            "number" => () => snapshot.EvaluateNumber(flag, context, 0),
            _ => () => snapshot.EvaluateJson(flag, context, default, JsonTypes.Default.JsonElement),
        };
    }

    private CaseResult Evaluate(JsonElement @case, FlagdFractional generation)
    {
        var (definition, snapshot) = Snapshot(@case, generation);
        var key = @case.GetProperty("flag").GetString()!;
        var context = Context(@case);
        var fallback = @case.GetProperty("fallback");
        var flag = definition.Flags.FirstOrDefault(flag => flag.Key == key);
        var actual = @case.GetProperty("type").GetString() switch
        {
            "boolean" => Members(snapshot.EvaluateBoolean(key, context, fallback.GetBoolean()), flag),
            "string" => Members(snapshot.EvaluateString(key, context, fallback.GetString()), flag),
            "integer" => Members(snapshot.EvaluateInteger(key, context, fallback.GetInt64()), flag),
            "number" => Members(snapshot.EvaluateNumber(key, context, fallback.GetDouble()), flag),
            _ => Members(snapshot.EvaluateJson(key, context, fallback, JsonTypes.Default.JsonElement), flag),
        };
        AddMetadata(@case.GetProperty("expect"), snapshot.Explain(key, context).Metadata, actual);
        return CaseComparison.Of(@case, actual);
    }

    private static JsonObject Members<T>(Evaluation<T> evaluation, FlagDefinition? flag)
    {
        var error = evaluation.Reason switch
        {
            EvaluationReason.FlagNotFound => "FLAG_NOT_FOUND",
            EvaluationReason.TypeMismatch => "TYPE_MISMATCH",
            EvaluationReason.Error => flag?.Defect is null ? "GENERAL" : "PARSE_ERROR",
            _ => "",
        };
        return new()
        {
            ["value"] = JsonSerializer.SerializeToNode(evaluation.Value),
            ["error"] = error,
            ["reason"] = evaluation.Reason switch
            {
                _ when error.Length > 0 => "ERROR",
                EvaluationReason.Off => "DISABLED",
                EvaluationReason.RuleMatch => "TARGETING_MATCH",
                _ => flag!.Rules.Count == 0 && evaluation.Variant is not null ? "STATIC" : "DEFAULT",
            },
        };
    }

    // The expected notes have to be among those that the answer tells.
    private static void AddMetadata(JsonElement expected, IReadOnlyDictionary<string, JsonElement> told, JsonObject actual)
    {
        actual["metadataEmpty"] = told.Count == 0;
        if (!expected.TryGetProperty("metadata", out var wanted))
            return;
        var notes = new JsonObject();
        foreach (var note in wanted.EnumerateObject())
        {
            if (told.TryGetValue(note.Name, out var value))
                notes[note.Name] = JsonNode.Parse(value.GetRawText());
        }

        actual["metadata"] = notes;
    }

    private static CaseResult JsonLogic(JsonElement @case)
    {
        var args = @case.GetProperty("args");
        var definition = new ExpressionReader(default, FlagdFractional.V2).Read(args.GetProperty("rule"), out var fault);
        if (fault is not null)
            throw new InvalidOperationException(fault);
        var flag = new FlagDefinition { Key = "jsonlogic", Type = FlagType.Json };
        var state = new CompilationState(new SnapshotDefinition { Version = 1, Flags = [flag] }, new SnapshotLimits(), LocalOverlay.None, new());
        var expression = ExpressionCompiler.Compile(new FlagScope(state, new(flag)), definition, new());
        var budget = default(EvaluationBudget);
        var input = new EvaluationInput(EvaluationContext.Empty, new(new AssignmentMemory(1), new()), 0, ref budget);
        var run = ExpressionRun.Over(BackendDocument.ValueOf(args.GetProperty("data")));
        var value = expression.Evaluate(in input, ref run);
        return CaseComparison.Of(@case, new() { ["value"] = Node(value) });
    }

    private static JsonNode? Node(AttributeValue value) => value.Kind switch
    {
        AttributeKind.List => new JsonArray([.. value.Items.ToArray().Select(Node)]),
        AttributeKind.Object => new JsonObject(value.Members.ToArray().Select(member => KeyValuePair.Create(member.Name, Node(member.Value)))),
        AttributeKind.String => JsonValue.Create(value.AsString()),
        _ => JsonNode.Parse(value.ToString()),
    };

    private static EvaluationContext Context(JsonElement @case)
    {
        string? key = null;
        var attributes = new Dictionary<string, AttributeValue>();
        foreach (var attribute in @case.GetProperty("context").EnumerateObject())
        {
            if (attribute is { Name: "targetingKey", Value.ValueKind: JsonValueKind.String })
                key = attribute.Value.GetString();
            else
                attributes[attribute.Name] = BackendDocument.ValueOf(attribute.Value);
        }

        return new(key, attributes);
    }

    private static IEnumerable<FlagdFractional> Generations(JsonElement @case) =>
        @case.TryGetProperty("args", out var args) && args.TryGetProperty("fractional", out var named)
            ? named.EnumerateArray().Select(name => Enum.Parse<FlagdFractional>(name.GetString()!, ignoreCase: true))
            : [FlagdFractional.V2];

    private (SnapshotDefinition Definition, FeatureSnapshot Snapshot) Snapshot(JsonElement @case, FlagdFractional generation)
    {
        var name = @case.GetProperty("snapshot").GetString()!;
        if (_snapshots.TryGetValue((name, generation), out var known))
            return known;
        var (definition, diagnostics) = new FlagdFormat(generation).Read(JsonSerializer.SerializeToUtf8Bytes(suite.Snapshot(name)));
        if (definition is null)
            throw new InvalidOperationException($"Snapshot '{name}' was refused: {string.Join("; ", diagnostics)}");
        return _snapshots[(name, generation)] = (definition, CaseSnapshot.Of(definition));
    }
}
