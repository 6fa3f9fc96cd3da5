using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Runs ConfigCat's cases: settings, with local overrides where a case has them.</summary>
internal sealed class ConfigCatRunner(ConformanceSuite suite) : IMeasuredRunner
{
    private readonly Dictionary<string, FeatureSnapshot> _snapshots = [];

    public CaseResult Run(JsonElement @case) => @case.GetProperty("op").GetString() == "evaluate"
        ? Compare(@case)
        : CaseResult.NotRun(@case.GetProperty("id").GetString()!);

    public Action? Evaluation(JsonElement @case)
    {
        if (@case.GetProperty("op").GetString() != "evaluate")
            return null;
        var (snapshot, key, context) = (Snapshot(@case), @case.GetProperty("flag").GetString()!, Context(@case));
        return @case.GetProperty("type").GetString() switch
        {
            "boolean" => () => snapshot.IsEnabled(key, context),
            "integer" => () => snapshot.GetInteger(key, context, 0),
            "number" => () => snapshot.GetNumber(key, context, 0),
            _ => () => snapshot.GetString(key, context, ""),
        };
    }

    private CaseResult Compare(JsonElement @case)
    {
        var actual = Evaluate(@case);
        var expected = @case.GetProperty("expect");
        if (!expected.TryGetProperty("errorContains", out var texts))
            return CaseComparison.Of(@case, actual);
        var error = actual["error"]?.GetValue<string>() ?? "";
        var id = @case.GetProperty("id").GetString()!;
        return texts.EnumerateArray().All(text => error.Contains(text.GetString()!, StringComparison.Ordinal)) ? CaseResult.Success(id) : new(id, expected.GetRawText(), actual.ToJsonString());
    }

    private JsonObject Evaluate(JsonElement @case)
    {
        var (snapshot, key, context) = (Snapshot(@case), @case.GetProperty("flag").GetString()!, Context(@case));
        var fallback = @case.TryGetProperty("fallback", out var given) ? given : default;
        return @case.GetProperty("type").GetString() switch
        {
            "boolean" => Members(snapshot, key, context, snapshot.EvaluateBoolean(key, context, fallback.ValueKind == JsonValueKind.True), fallback),
            "integer" => Members(snapshot, key, context, snapshot.EvaluateInteger(key, context, fallback.ValueKind == JsonValueKind.Number ? fallback.GetInt64() : 0), fallback),
            "number" => Members(snapshot, key, context, snapshot.EvaluateNumber(key, context, fallback.ValueKind == JsonValueKind.Number ? fallback.GetDouble() : 0), fallback),
            _ => Members(snapshot, key, context, snapshot.EvaluateString(key, context, fallback.ValueKind == JsonValueKind.String ? fallback.GetString() : null), fallback),
        };
    }

    private static JsonObject Members<T>(FeatureSnapshot snapshot, string key, EvaluationContext context, Evaluation<T> evaluation, JsonElement fallback)
    {
        var isFallback = evaluation.Variant is null;
        return new()
        {
            ["value"] = isFallback && fallback.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : JsonValue.Create(evaluation.Value),
            ["variant"] = evaluation.Variant,
            ["matchedTargetingRule"] = evaluation.Rule is { } rule && rule != SettingReader.PercentageOptions,
            ["matchedPercentageOption"] = evaluation.Reason == EvaluationReason.Split,
            ["error"] = evaluation.Error is null ? null : snapshot.Explain(key, context).Error,
        };
    }

    private FeatureSnapshot Snapshot(JsonElement @case)
    {
        var name = @case.GetProperty("snapshot").GetString()!;
        var overrides = Overrides(@case);
        if (overrides is null && _snapshots.TryGetValue(name, out var known))
            return known;
        var (definition, diagnostics) = new ConfigCatFormat(overrides: overrides).Read(Encoding.UTF8.GetBytes(suite.Snapshot(name).GetRawText()));
        var snapshot = CaseSnapshot.Of(definition ?? throw new InvalidOperationException(string.Join("; ", diagnostics)));
        if (overrides is null)
            _snapshots[name] = snapshot;
        return snapshot;
    }

    private static ConfigCatOverrides? Overrides(JsonElement @case)
    {
        if (!@case.TryGetProperty("args", out var args) || !args.TryGetProperty("overrideBehaviour", out var behavior) || behavior.ValueKind != JsonValueKind.String)
            return null;
        var values = args.GetProperty("overrides").EnumerateObject().ToDictionary(member => member.Name, member => Value(member.Value), StringComparer.Ordinal);
        return new(Enum.Parse<ConfigCatOverrideBehavior>(behavior.GetString()!), values);
    }

    private static VariantValue Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => value.GetString(),
        _ => default,
    };

    private static EvaluationContext Context(JsonElement @case)
    {
        var user = @case.GetProperty("context");
        if (user.ValueKind != JsonValueKind.Object)
            return EvaluationContext.Empty;
        var attributes = new List<KeyValuePair<string, AttributeValue>>();
        var identifier = "";
        foreach (var member in user.EnumerateObject())
        {
            var value = Attribute(member.Value);
            if (member.Name == "Identifier")
                identifier = value.AsString() ?? identifier;
            else
                attributes.Add(new(member.Name, value));
        }

        return new(identifier, attributes);
    }

    private static AttributeValue Attribute(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array => AttributeValue.List([.. value.EnumerateArray().Select(Attribute)]),
        JsonValueKind.Object when value.TryGetProperty("$number", out var number) => double.Parse(number.GetString()!.Replace("Infinity", "∞", StringComparison.Ordinal), NumberStyles.Float, Symbols),
        JsonValueKind.Object when value.TryGetProperty("$date", out var date) => date.GetDateTimeOffset(),
        _ => default,
    };

    private static NumberFormatInfo Symbols { get; } = new() { PositiveInfinitySymbol = "∞", NegativeInfinitySymbol = "-∞" };
}
