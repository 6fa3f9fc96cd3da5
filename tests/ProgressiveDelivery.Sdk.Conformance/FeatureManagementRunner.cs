using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Runs cases of Microsoft Feature Management: flags with both facets and their telemetry, and windows that come again.</summary>
internal sealed class FeatureManagementRunner(ConformanceSuite suite) : IMeasuredRunner
{
    private readonly Dictionary<string, SnapshotDefinition> _definitions = [];

    public CaseResult Run(JsonElement @case) => @case.GetProperty("op").GetString() switch
    {
        "evaluate" => CaseComparison.Of(@case, Evaluate(@case)),
        "recurrenceMatch" => CaseComparison.Of(@case, new() { ["value"] = IsInWindow(@case) }),
        "recurrenceClosestStart" => CompareStart(@case),
        "recurrenceValidate" => CaseComparison.Of(@case, Validate(@case)),
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
        var evaluation = Snapshot(@case).GetFeatureManagementEvaluation(@case.GetProperty("flag").GetString()!, Context(@case));
        var actual = new JsonObject
        {
            ["value"] = evaluation.Error is null ? evaluation.Enabled : null,
            ["error"] = evaluation.Error,
            ["variantError"] = evaluation.Error,
            ["variant"] = Variant(evaluation, @case.GetProperty("expect")),
            ["telemetry"] = new JsonObject
            {
                ["EventName"] = "FeatureEvaluation",
                ["EventProperties"] = Properties(evaluation, @case),
            },
        };
        if (Snapshot(@case).IsEnabled(@case.GetProperty("flag").GetString()!, Context(@case)) != evaluation.Enabled)
            actual["value"] = "explained otherwise than answered";
        return actual;
    }

    // The members that are listed.
    private static JsonObject? Variant(FeatureManagementEvaluation evaluation, JsonElement expected)
    {
        if (evaluation.Variant is null)
            return null;
        var variant = new JsonObject();
        foreach (var member in expected.TryGetProperty("variant", out var wanted) && wanted.ValueKind == JsonValueKind.Object ? wanted.EnumerateObject() : default)
            variant[member.Name] = member.Name == "Name" ? evaluation.Variant : JsonNode.Parse(evaluation.ConfigurationValue ?? "null");
        return variant;
    }

    private JsonObject Properties(FeatureManagementEvaluation evaluation, JsonElement @case)
    {
        var properties = new JsonObject();
        foreach (var (name, value) in evaluation.Properties())
            properties[name] = value;
        if (suite.Name.StartsWith("ProviderTelemetry", StringComparison.Ordinal))
            AddWhatTheProviderAdds(properties, @case);
        return properties;
    }

    private void AddWhatTheProviderAdds(JsonObject properties, JsonElement @case)
    {
        var key = @case.GetProperty("flag").GetString()!;
        var flags = suite.Snapshot(@case.GetProperty("snapshot").GetString()!).GetProperty("feature_management").GetProperty("feature_flags");
        var flag = flags.EnumerateArray().Last(flag => flag.GetProperty("id").GetString() == key);
        properties["FeatureFlagReference"] = $"/kv/.appconfig.featureflag/{key}";
        properties["FeatureFlagId"] = Base64Url(SHA256.HashData(Encoding.UTF8.GetBytes($".appconfig.featureflag/{key}\n")));
        if (AllocationId(flag) is { } id)
            properties["AllocationId"] = id;
    }

    private static string? AllocationId(JsonElement flag)
    {
        if (!flag.TryGetProperty("allocation", out var allocation))
            return null;
        var seed = Text(allocation, "seed");
        var byDefault = Text(allocation, "default_when_enabled");
        JsonElement[] percentiles = allocation.TryGetProperty("percentile", out var listed)
            ? [.. listed.EnumerateArray().Where(entry => entry.GetProperty("from").GetDouble() != entry.GetProperty("to").GetDouble()).OrderBy(entry => entry.GetProperty("from").GetDouble())]
            : [];
        var allocated = percentiles.Select(entry => Text(entry, "variant")).Append(byDefault).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (allocated.Count == 0 && seed is null)
            return null;
        var ranges = percentiles.Select(entry => $"{entry.GetProperty("from").GetRawText()},{Base64(Text(entry, "variant")!)},{entry.GetProperty("to").GetRawText()}");
        var variants = flag.GetProperty("variants").EnumerateArray()
            .Where(variant => allocated.Contains(Text(variant, "name")!))
            .OrderBy(variant => Text(variant, "name"), StringComparer.Ordinal)
            .Select(variant => $"{Base64(Text(variant, "name")!)},{(variant.TryGetProperty("configuration_value", out var value) ? Sorted(value) : "")}");
        var text = $"seed={seed}\ndefault_when_enabled={byDefault}\npercentiles={string.Join(';', ranges)}\nvariants={string.Join(';', variants)}";
        return Base64Url(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..15]);
    }

    private static string Sorted(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"\"{JsonEncodedText.Encode(member.Name)}\":{Sorted(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Sorted))}]",
        _ => value.GetRawText(),
    };

    private static bool IsInWindow(JsonElement @case) => CaseSnapshot.Of(Window(@case), Now(@case)).IsEnabled("window", EvaluationContext.Empty);

    private static CaseResult CompareStart(JsonElement @case)
    {
        var condition = (RecurrenceCondition)Window(@case).Flags[0].Rules[0].When!;
        var recurrence = new Recurrence(
            condition.Start, condition.End, condition.Interval, condition.Days?.ToArray(), condition.FirstDayOfWeek, condition.Until, condition.Occurrences);
        var (id, expected) = (@case.GetProperty("id").GetString()!, @case.GetProperty("expect").GetProperty("value"));
        DateTimeOffset? wanted = expected.ValueKind == JsonValueKind.Null ? null : expected.GetDateTimeOffset();
        DateTimeOffset? actual = recurrence.ClosestStart(Now(@case).UtcTicks) is { } ticks ? new(ticks, TimeSpan.Zero) : null;
        return wanted == actual ? CaseResult.Success(id) : new(id, $"{wanted:O}", $"{actual:O}");
    }

    private static JsonObject Validate(JsonElement @case)
    {
        using var document = JsonDocument.Parse(Settings(@case));
        var settings = Section.Of(document.RootElement);
        RecurrenceReader.Read(settings.Get("Recurrence"), Bound.Instant(settings, "Start"), Bound.Instant(settings, "End"), out var parameter, out var fault);
        return new() { ["parameter"] = parameter, ["error"] = fault };
    }

    private static SnapshotDefinition Window(JsonElement @case)
    {
        return Read($$"""{ "feature_management": { "feature_flags": [{ "id": "window", "enabled": true, "conditions": { "client_filters": [{ "name": "Microsoft.TimeWindow", "parameters": {{Settings(@case)}} }] } }] } }""");
    }

    // The settings are objects in the cases. Configuration has no object without members: what has only defaults says one of them.
    private static string Settings(JsonElement @case)
    {
        var settings = JsonNode.Parse(@case.GetProperty("args").GetProperty("settings").GetRawText())!;
        if (settings["Recurrence"] is JsonObject recurrence)
        {
            if (recurrence["Pattern"] is JsonObject { Count: 0 } pattern)
                pattern["Type"] = "Daily";
            if (recurrence["Range"] is JsonObject { Count: 0 } range)
                range["Type"] = "NoEnd";
        }

        return settings.ToJsonString();
    }

    private static DateTimeOffset Now(JsonElement @case) => @case.GetProperty("now").GetDateTimeOffset();

    private FeatureSnapshot Snapshot(JsonElement @case)
    {
        var name = @case.GetProperty("snapshot").GetString()!;
        if (!_definitions.TryGetValue(name, out var definition))
            definition = _definitions[name] = Read(suite.Snapshot(name).GetRawText());
        return CaseSnapshot.Of(definition, @case.TryGetProperty("now", out _) ? Now(@case) : null);
    }

    private static SnapshotDefinition Read(string document)
    {
        var (definition, diagnostics) = new FeatureManagementFormat().Read(Encoding.UTF8.GetBytes(document));
        return definition ?? throw new InvalidOperationException(string.Join("; ", diagnostics));
    }

    private static EvaluationContext Context(JsonElement @case)
    {
        var context = @case.GetProperty("context");
        var evaluation = new EvaluationContext(Text(context, "User"));
        return context.TryGetProperty("Groups", out var groups) && groups.ValueKind == JsonValueKind.Array
            ? evaluation.With("groups", AttributeValue.List([.. groups.EnumerateArray().Select(group => (AttributeValue)group.GetString())]))
            : evaluation;
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
