using System.Globalization;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The tolerances of a vector: by the name of the field, else by that of its list, else the default. Whole numbers are exact.</summary>
internal sealed class VectorTolerance(JsonElement tolerances)
{
    public bool Fits(double actual, JsonElement expected, string name, string? list)
    {
        if (expected.ValueKind != JsonValueKind.Number)
            return expected.ValueKind == JsonValueKind.String && actual.Equals(VectorInput.Number(expected));
        var wanted = expected.GetDouble();
        if (long.TryParse(expected.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            return actual == wanted;
        var limits = Find(name) ?? (list is null ? null : Find(list)) ?? tolerances.GetProperty("default");
        return Math.Abs(actual - wanted) <= Math.Max(limits.GetProperty("abs").GetDouble(), limits.GetProperty("rel").GetDouble() * Math.Abs(wanted));
    }

    private JsonElement? Find(string name) => tolerances.TryGetProperty(name, out var limits) ? limits : null;
}
