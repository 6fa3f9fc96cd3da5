using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>A feature's variant as Unleash's own libraries give it, for migration; use <see cref="IFeatureEvaluator"/> where speed counts.</summary>
/// <param name="Name">The variant's name; <c>disabled</c> if there is none.</param>
/// <param name="Enabled">Indicates whether there is a variant.</param>
/// <param name="FeatureEnabled">Indicates whether the feature is on.</param>
/// <param name="PayloadType">The payload's type: <c>string</c>, <c>json</c>, <c>csv</c> or <c>number</c>; null if it has none.</param>
/// <param name="PayloadValue">The payload as it was written; null if it has none.</param>
public sealed record UnleashVariant(string Name, bool Enabled, bool FeatureEnabled, string? PayloadType, string? PayloadValue)
{
    internal static UnleashVariant Of(IFeatureEvaluator features, string feature, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(features);
        var explanation = features.Explain(feature, context);
        var isOn = explanation.IsEnabled == true;
        if (!isOn || explanation.Type == FlagType.Boolean || explanation.Variant is null or Feature.NoVariant)
            return new(Feature.Disabled, false, isOn, null, null);
        var payload = Payload(explanation);
        return new(explanation.Variant, true, true, payload is { } found ? Json.Text(found, "type") : null, payload is { } it ? Json.Text(it, "value") : null);
    }

    // One name may have several payloads: the value selects one.
    private static JsonElement? Payload(Explanation explanation)
    {
        if (explanation.Value is null or "null" || !explanation.Metadata.TryGetValue(PayloadNotes.Name, out var payloads))
            return null;
        JsonElement[] named = [.. payloads.EnumerateArray().Where(payload => Json.Text(payload, "name") == explanation.Variant)];
        return named.Length <= 1 ? named.Cast<JsonElement?>().FirstOrDefault() : named.FirstOrDefault(payload => IsValue(payload, explanation));
    }

    private static bool IsValue(JsonElement payload, Explanation explanation) => explanation.Type switch
    {
        FlagType.Number => Json.Number(payload, "value") == Json.Number(explanation.Value),
        FlagType.Json => Json.Text(payload, "value") == explanation.Value,
        _ => IsText(explanation.Value!, Json.Text(payload, "value")),
    };

    private static bool IsText(string json, string? text)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueEquals(text);
    }
}
