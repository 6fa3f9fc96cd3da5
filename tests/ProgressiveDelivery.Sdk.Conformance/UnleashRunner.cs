using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Backends.Unleash;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Runs Unleash's cases: whether a feature is on, and its variant.</summary>
internal sealed class UnleashRunner(ConformanceSuite suite) : IMeasuredRunner
{
    private readonly Dictionary<string, FeatureSnapshot> _snapshots = [];

    public CaseResult Run(JsonElement @case)
    {
        if (@case.GetProperty("op").GetString() != "evaluate")
            return CaseResult.NotRun(@case.GetProperty("id").GetString()!);
        var (snapshot, feature, context) = (Snapshot(@case), @case.GetProperty("flag").GetString()!, Context(@case));
        return CaseComparison.Of(@case, new()
        {
            ["value"] = @case.GetProperty("type").GetString() == "variant" ? Variant(snapshot.GetUnleashVariant(feature, context)) : snapshot.IsEnabled(feature, context),
        });
    }

    public Action? Evaluation(JsonElement @case)
    {
        if (@case.GetProperty("op").GetString() != "evaluate")
            return null;
        var (snapshot, feature, context) = (Snapshot(@case), @case.GetProperty("flag").GetString()!, Context(@case));
        return @case.GetProperty("type").GetString() == "variant" ? () => snapshot.EvaluateString(feature, context, null) : () => snapshot.IsEnabled(feature, context);
    }

    private static JsonObject Variant(UnleashVariant variant)
    {
        var json = new JsonObject { ["name"] = variant.Name, ["enabled"] = variant.Enabled, ["feature_enabled"] = variant.FeatureEnabled };
        if (variant.PayloadType is not null)
            json["payload"] = new JsonObject { ["type"] = variant.PayloadType, ["value"] = variant.PayloadValue };
        return json;
    }

    private FeatureSnapshot Snapshot(JsonElement @case)
    {
        var name = @case.GetProperty("snapshot").GetString()!;
        if (_snapshots.TryGetValue(name, out var known))
            return known;
        var (definition, diagnostics) = new UnleashFormat().Read(Encoding.UTF8.GetBytes(suite.Snapshot(name).GetRawText()));
        return _snapshots[name] = CaseSnapshot.Of(definition ?? throw new InvalidOperationException(string.Join("; ", diagnostics)));
    }

    private static EvaluationContext Context(JsonElement @case)
    {
        var context = @case.GetProperty("context");
        var attributes = context.EnumerateObject().Where(member => member.Name is not ("userId" or "properties"));
        if (context.TryGetProperty("properties", out var properties))
            attributes = attributes.Concat(properties.EnumerateObject());
        var userId = context.TryGetProperty("userId", out var user) ? user.GetString() : null;
        return new(userId, attributes.Select(member => new KeyValuePair<string, AttributeValue>(member.Name, member.Value.GetString())));
    }
}
