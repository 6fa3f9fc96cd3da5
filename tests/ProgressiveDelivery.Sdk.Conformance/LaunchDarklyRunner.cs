using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Runs LaunchDarkly's cases: flags with the whole reason, contexts, and hashes.</summary>
internal sealed class LaunchDarklyRunner(ConformanceSuite suite) : IMeasuredRunner
{
    private readonly Dictionary<string, FeatureSnapshot> _snapshots = [];

    public CaseResult Run(JsonElement @case) => @case.GetProperty("op").GetString() switch
    {
        "evaluate" => CaseComparison.Of(@case, Evaluate(@case)),
        "parseContext" => CaseComparison.Of(@case, Parse(@case)),
        "secureModeHash" => CaseComparison.Of(@case, new() { ["value"] = Context(@case).SecureModeHash(Args(@case).GetProperty("sdkKey").GetString()!) }),
        "bigSegmentHash" => CaseComparison.Of(@case, new() { ["value"] = LaunchDarklyContext.BigSegmentHash(Args(@case).GetProperty("contextKey").GetString()!) }),
        "bucket" => Bucket(@case),
        _ => CaseResult.NotRun(@case.GetProperty("id").GetString()!),
    };

    public Action? Evaluation(JsonElement @case)
    {
        if (@case.GetProperty("op").GetString() != "evaluate")
            return null;
        var (snapshot, key, context) = (Snapshot(@case), @case.GetProperty("flag").GetString()!, Context(@case).ToEvaluationContext());
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
        var evaluated = context.ToEvaluationContext();
        var fallback = @case.GetProperty("fallback");
        var explanation = snapshot.Explain(key, evaluated);
        var isFallback = explanation.Variant is null || explanation.Value == "null";
        var value = isFallback ? JsonNode.Parse(fallback.GetRawText()) : JsonNode.Parse(explanation.Value!);
        var reason = explanation.Reason;
        switch (@case.GetProperty("type").GetString())
        {
            case "boolean":
                Read(snapshot.EvaluateBoolean(key, evaluated, fallback.GetBoolean()));
                break;
            case "integer" when explanation.Type != FlagType.Number:
                Read(snapshot.EvaluateInteger(key, evaluated, fallback.GetInt64()));
                break;
            case "integer" or "number":
                Read(snapshot.EvaluateNumber(key, evaluated, fallback.GetDouble()));
                break;
            case "string":
                Read(snapshot.EvaluateString(key, evaluated, fallback.GetString()));
                break;
        }

        return new()
        {
            ["value"] = value,
            ["variationIndex"] = explanation.Variant is { } variant && reason != EvaluationReason.TypeMismatch ? int.Parse(variant, CultureInfo.InvariantCulture) : null,
            ["reason"] = Reason(@case, explanation with { Reason = reason }, context),
        };

        void Read<T>(Evaluation<T> evaluation) => (value, reason) = (JsonValue.Create(evaluation.Value), evaluation.Reason);
    }

    private JsonObject Reason(JsonElement @case, Explanation explanation, LaunchDarklyContext context)
    {
        var flags = suite.Snapshot(@case.GetProperty("snapshot").GetString()!).GetProperty("flags");
        switch (explanation.Reason)
        {
            case EvaluationReason.FlagNotFound:
                return new() { ["kind"] = "ERROR", ["errorKind"] = "FLAG_NOT_FOUND" };
            case EvaluationReason.TypeMismatch:
                return new() { ["kind"] = "ERROR", ["errorKind"] = "WRONG_TYPE" };
            case EvaluationReason.Error:
                return new() { ["kind"] = "ERROR", ["errorKind"] = "MALFORMED_FLAG" };
            case EvaluationReason.Off:
                return new() { ["kind"] = "OFF" };
            case EvaluationReason.PrerequisiteFailed:
                var failed = explanation.Steps.Last(step => step.Kind == ExplanationKind.Prerequisite).Subject;
                return new() { ["kind"] = "PREREQUISITE_FAILED", ["prerequisiteKey"] = failed[..failed.LastIndexOf(" is ", StringComparison.Ordinal)] };
            case var _ when explanation.Rule == FlagReader.Target:
                return new() { ["kind"] = "TARGET_MATCH" };
        }

        var reason = new JsonObject { ["kind"] = "FALLTHROUGH" };
        if (explanation.Rule is { } rule)
            AddRule(reason, flags.GetProperty(explanation.Flag), rule);
        if (IsInExperiment(explanation.Steps) && HasKind(flags.GetProperty(explanation.Flag), explanation.Rule, context))
            reason["inExperiment"] = true;
        return reason;
    }

    private static void AddRule(JsonObject reason, JsonElement flag, string rule)
    {
        reason["kind"] = "RULE_MATCH";
        JsonElement[] rules = [.. flag.GetProperty("rules").EnumerateArray()];
        var index = RuleIndex(rules, rule);
        reason["ruleIndex"] = index;
        if (rules[index].TryGetProperty("id", out var id) && id.GetString() is { Length: > 0 } text)
            reason["ruleId"] = text;
    }

    private static int RuleIndex(JsonElement[] rules, string rule) =>
        Array.FindIndex(rules, one => one.TryGetProperty("id", out var id) && id.GetString() == rule) is >= 0 and var found ? found : int.Parse(rule["rule ".Length..], CultureInfo.InvariantCulture);

    private static bool IsInExperiment(IReadOnlyList<ExplanationStep> steps) => steps.Any(step =>
        (step.Kind == ExplanationKind.Split && step.Subject.EndsWith(FlagVariations.InExperiment, StringComparison.Ordinal)) || IsInExperiment(step.Steps));

    // Who lacks the kind is served, and not counted.
    private static bool HasKind(JsonElement flag, string? rule, LaunchDarklyContext context)
    {
        var outcome = rule is null ? flag.GetProperty("fallthrough") : flag.GetProperty("rules")[RuleIndex([.. flag.GetProperty("rules").EnumerateArray()], rule)];
        var kind = outcome.GetProperty("rollout").TryGetProperty("contextKind", out var named) ? named.GetString()! : "user";
        var evaluated = context.ToEvaluationContext();
        return kind == "user" ? evaluated.TargetingKey is not null : evaluated.GetKind(kind) is not null;
    }

    private static JsonObject Parse(JsonElement @case) =>
        LaunchDarklyContext.TryParse(Args(@case).GetProperty("text").GetString()!, out var context, out _)
            ? new() { ["value"] = JsonNode.Parse(context.ToJson()) }
            : new() { ["error"] = true };

    private static CaseResult Bucket(JsonElement @case)
    {
        var (id, args, expected) = (@case.GetProperty("id").GetString()!, Args(@case), @case.GetProperty("expect"));
        var seed = args.GetProperty("seed");
        var prefix = RolloutReader.Prefix(args.GetProperty("flagOrSegmentKey").GetString()!, args.GetProperty("salt").GetString(), seed.ValueKind == JsonValueKind.Number ? seed.GetInt64() : null);
        var fraction = new UnitBucketing(new(BucketAlgorithm.Sha1Fraction, 0, []) { Prefix = prefix }).Position(Unit(args.GetProperty("contextValue")));
        // Of 60 bits single precision keeps 24.
        var hash = Convert.ToInt64(expected.GetProperty("hash15").GetString()!, 16) / (double)(1L << 60);
        var isSame = Math.Abs(fraction - hash) < 1e-6 && Math.Abs((fraction * 100_000) - expected.GetProperty("bucketPer100000").GetDouble()) < 4;
        return isSame ? CaseResult.Success(id) : new(id, expected.GetRawText(), fraction.ToString(CultureInfo.InvariantCulture));
    }

    private static string Unit(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString("F0", CultureInfo.InvariantCulture) : value.GetString()!;

    private FeatureSnapshot Snapshot(JsonElement @case)
    {
        var name = @case.GetProperty("snapshot").GetString()!;
        if (_snapshots.TryGetValue(name, out var known))
            return known;
        var (definition, diagnostics) = new LaunchDarklyFormat().Read(Encoding.UTF8.GetBytes(suite.Snapshot(name).GetRawText()));
        return _snapshots[name] = CaseSnapshot.Of(definition ?? throw new InvalidOperationException(string.Join("; ", diagnostics)));
    }

    private static LaunchDarklyContext Context(JsonElement @case) =>
        LaunchDarklyContext.TryParse(@case.GetProperty("context").GetRawText(), out var context, out var fault) ? context : throw new InvalidOperationException(fault);

    private static JsonElement Args(JsonElement @case) => @case.GetProperty("args");
}
