using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Runs cases of our own format through the reader, the compiler and the typed evaluations.</summary>
internal sealed class NativeRunner(ConformanceSuite suite) : ICaseRunner
{
    private readonly Dictionary<string, Ruleset> _rules = [];

    public CaseResult Run(JsonElement @case)
    {
        var id = @case.GetProperty("id").GetString()!;
        if (@case.GetProperty("op").GetString() != "evaluate")
            return CaseResult.NotRun(id);

        var expected = @case.GetProperty("expect");
        using var actual = JsonSerializer.SerializeToDocument(Evaluate(@case));
        foreach (var member in expected.EnumerateObject())
        {
            if (!Same(member.Value, actual.RootElement.GetProperty(member.Name)))
                return new(id, expected.GetRawText(), actual.RootElement.GetRawText());
        }

        return new(id, null, null);
    }

    private Dictionary<string, object?> Evaluate(JsonElement @case)
    {
        var clock = new FakeTimeProvider(@case.GetProperty("now").GetDateTimeOffset());
        var services = new EvaluationServices(Stored(@case), new());
        var snapshot = new FeatureSnapshot(
            Rules(@case.GetProperty("snapshot").GetString()!),
            SnapshotOrigin.Source,
            new(clock, services, new(NullLogger.Instance, services.Counters, strict: false)));
        var flag = @case.GetProperty("flag").GetString()!;
        var context = ContextJson.Read(@case.GetProperty("context"));
        var fallback = @case.GetProperty("fallback");
        return @case.GetProperty("type").GetString() switch
        {
            "boolean" => Members(snapshot.EvaluateBoolean(flag, context, fallback.GetBoolean())),
            "string" => Members(snapshot.EvaluateString(flag, context, fallback.GetString())),
            "integer" => Members(snapshot.EvaluateInteger(flag, context, fallback.GetInt64())),
            "number" => Members(snapshot.EvaluateNumber(flag, context, fallback.GetDouble())),
            _ => Members(snapshot.EvaluateJson(flag, context, fallback, JsonTypes.Default.JsonElement)),
        };
    }

    private static Dictionary<string, object?> Members<T>(Evaluation<T> evaluation) => new()
    {
        ["value"] = evaluation.Value,
        ["variant"] = evaluation.Variant,
        ["reason"] = evaluation.Reason.ToString(),
        ["error"] = evaluation.Error is null ? null : evaluation.Reason.ToString(),
    };

    private Ruleset Rules(string name)
    {
        if (_rules.TryGetValue(name, out var rules))
            return rules;
        var limits = new SnapshotLimits();
        var (definition, diagnostics) = new NativeSnapshotFormat(limits).Read(JsonSerializer.SerializeToUtf8Bytes(suite.Snapshot(name)));
        if (definition is null)
            throw new InvalidOperationException($"Snapshot '{name}' was refused: {string.Join("; ", diagnostics)}");
        return _rules[name] = SnapshotCompiler.Compile(definition, limits).Rules;
    }

    private static ScriptedAssignments Stored(JsonElement @case)
    {
        var assignments = new ScriptedAssignments();
        if (@case.TryGetProperty("args", out var args) && args.TryGetProperty("stored", out var stored))
        {
            foreach (var experiment in stored.EnumerateObject())
                assignments.Add(experiment.Name, new(experiment.Value.GetProperty("version").GetInt32(), experiment.Value.GetProperty("variant").GetString()!));
        }

        return assignments;
    }

    private static bool Same(JsonElement expected, JsonElement actual) =>
        expected.ValueKind == JsonValueKind.Number && actual.ValueKind == JsonValueKind.Number
            ? expected.GetRawText() == actual.GetRawText() || expected.GetDouble().Equals(actual.GetDouble())
            : JsonElement.DeepEquals(expected, actual);

    /// <summary>What is stored for the case's unit, whichever unit it is.</summary>
    private sealed class ScriptedAssignments : IAssignmentMemory
    {
        private readonly Dictionary<string, StoredAssignment> _stored = [];

        public void Add(string experiment, StoredAssignment assignment) => _stored[experiment] = assignment;

        public bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment) =>
            _stored.TryGetValue(experiment, out assignment);

        public void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment)
        {
        }
    }
}
