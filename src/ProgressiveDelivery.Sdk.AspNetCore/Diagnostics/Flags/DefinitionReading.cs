using System.Globalization;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Reads from the definition of a flag what its status does not say: the limits of guards and the steps of rollouts. What has another form than expected is left out. Immutable.</summary>
internal sealed class DefinitionReading
{
    private readonly JsonElement _flag;

    private DefinitionReading(string? text, JsonElement flag) => (Text, _flag) = (text, flag);

    /// <summary>The definition as indented JSON; null if there is none.</summary>
    public string? Text { get; }

    /// <summary>Reads a definition; null for a flag that its format cannot express.</summary>
    public static DefinitionReading Of(string? definition)
    {
        if (definition is null)
            return new(null, default);
        try
        {
            using var document = JsonDocument.Parse(definition);
            return new(definition, document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return new(definition, default);
        }
    }

    /// <summary>Returns what the definition says of a guard.</summary>
    public GuardFacts Guard(string id) =>
        Items(_flag, "guards").Where(guard => StringOf(guard, "id") == id).Select(GuardFacts.Read).FirstOrDefault(GuardFacts.Unknown);

    /// <summary>Returns the steps of a rollout, in order; empty if they are not known.</summary>
    /// <param name="rule">The rule, by its id or its place; null for the default.</param>
    public IReadOnlyList<RampStep> Steps(string? rule)
    {
        var serve = rule is null
            ? Member(_flag, "default")
            : Items(_flag, "rules").Where((candidate, place) => (StringOf(candidate, "id") ?? "#" + (place + 1).ToString(CultureInfo.InvariantCulture)) == rule).Select(static found => Member(found, "serve")).FirstOrDefault();
        return [.. Items(Member(serve, "rollout"), "steps").Select(Step).OfType<RampStep>()];
    }

    private static RampStep? Step(JsonElement step) =>
        Member(step, "percent") is { ValueKind: JsonValueKind.Number } percent && percent.TryGetDecimal(out var share)
            ? new(DateTimeOffset.TryParse(StringOf(step, "at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null, share, Member(step, "gate").ValueKind == JsonValueKind.Object)
            : null;

    private static JsonElement Member(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default;

    private static string? StringOf(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
