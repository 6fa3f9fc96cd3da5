using System.Globalization;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>The facts of a guard in its definition, in words.</summary>
/// <param name="Measure">The outcomes that are bad: <c>errors</c>, <c>slower than 400ms</c>.</param>
/// <param name="Limit">The share allowed, 0 to 1; null for a comparison with another variant.</param>
/// <param name="Margin">The share by which the other variant may be exceeded.</param>
/// <param name="Ratio">The multiple of the other variant's share that is allowed.</param>
/// <param name="MaxProbeOutcomes">The outcomes after which a probe ends; null if it has none.</param>
internal sealed record GuardFacts(string Measure, double? Limit, double Margin, double Ratio, long? MaxProbeOutcomes)
{
    /// <summary>The facts of a guard whose definition is not to be had.</summary>
    public static GuardFacts Unknown { get; } = new("bad outcomes", null, 0, 1, null);

    /// <summary>Reads the facts; what has another form than expected is left out.</summary>
    public static GuardFacts Read(JsonElement guard) => new(
        MeasureOf(guard),
        Number(guard, "limit"),
        Number(guard, "margin") ?? 0,
        Number(guard, "ratio") ?? 1,
        guard.TryGetProperty("probe", out var probe) && probe.ValueKind == JsonValueKind.Object && Number(probe, "maxOutcomes") is { } max && max is > 0 and < 1e15 ? (long)max : null);

    /// <summary>Returns what is allowed, in words: <c>at most 2 %</c>.</summary>
    public string? Allowed(string? against) => (Limit, against) switch
    {
        ({ } limit, _) => "at most " + Numbers.Level(limit),
        (_, { } other) => "at most that of " + Flags.Quoted.Text(other) + (Ratio == 1 ? "" : " times " + Ratio.ToString("0.##", CultureInfo.InvariantCulture)) + (Margin == 0 ? "" : " plus " + Numbers.Level(Margin)),
        _ => null,
    };

    private static string MeasureOf(JsonElement guard) => Text(guard, "kind") switch
    {
        "error" => "errors",
        "slower" when Text(guard, "than") is { } than => "slower than " + than,
        "metric" when Text(guard, "metric") is { } metric => Number(guard, "above") is { } above ? $"{metric} above {Amount(above)}" : Number(guard, "below") is { } below ? $"{metric} below {Amount(below)}" : metric,
        _ => Unknown.Measure,
    };

    private static string Amount(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
}
