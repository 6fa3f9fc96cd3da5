using System.Globalization;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>What a loader puts into a table for a line: the members that have the right type, and null for all others. Read apart from the library.</summary>
internal sealed record TableRow(
    long Order, string? Type, string? Id, DateTimeOffset? Time, string? Unit, string? UnitKind, string? Flag, string? Experiment, string? Variant, string? Metric, double? Value,
    IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The microseconds since 1970.</summary>
    public long? Microseconds => Time is { } time ? (time.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond : null;

    public static IEnumerable<TableRow> Read(IEnumerable<string> lines)
    {
        var order = 0L;
        foreach (var line in lines)
        {
            if (Parse(line, ++order) is { } row)
                yield return row;
        }
    }

    /// <summary>Gives the row of a line; null for a line that is no JSON object.</summary>
    public static TableRow? Parse(string line, long order)
    {
        JsonElement json;
        try
        {
            using var document = JsonDocument.Parse(line);
            json = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
        if (json.ValueKind != JsonValueKind.Object)
            return null;
        return new(
            order, Text(json, "type"), Text(json, "id"), ParseTime(Text(json, "time")), Text(json, "unit"), Text(json, "unitKind"), Text(json, "flag"), Text(json, "experiment"),
            Text(json, "variant"), Text(json, "metric"), json.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null,
            json.TryGetProperty("attributes", out var attributes)
                ? attributes.EnumerateObject().ToDictionary(attribute => attribute.Name, attribute => attribute.Value.ToString(), StringComparer.Ordinal)
                : new Dictionary<string, string>());
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? ParseTime(string? text) =>
        text is not null && text.Contains('T', StringComparison.Ordinal) && (text.EndsWith('Z') || text[^6] is '+' or '-')
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
