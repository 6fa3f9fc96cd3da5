using System.Text;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>Event lines as rows of a ClickHouse table with the default names.</summary>
internal static class ClickHouseRows
{
    public const string Columns =
        "seq UInt64, type String, id String, time Nullable(Int64), unit String, unit_kind String, flag String, experiment String, variant String, metric String, "
        + "value Nullable(Float64), attributes Nested(key String, value String)";

    public static string Json(IEnumerable<TableRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(JsonSerializer.Serialize(new Dictionary<string, object?>
            {
                ["seq"] = row.Order,
                ["type"] = row.Type ?? "",
                ["id"] = row.Id ?? "",
                ["time"] = row.Microseconds,
                ["unit"] = row.Unit ?? "",
                ["unit_kind"] = row.UnitKind ?? "",
                ["flag"] = row.Flag ?? "",
                ["experiment"] = row.Experiment ?? "",
                ["variant"] = row.Variant ?? "",
                ["metric"] = row.Metric ?? "",
                ["value"] = row.Value,
                ["attributes.key"] = row.Attributes.Keys,
                ["attributes.value"] = row.Attributes.Values,
            })).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Returns a hash (FNV-1a) that is the same on all machines.</summary>
    public static long Hash(string? unit)
    {
        var hash = 2166136261u;
        foreach (var part in Encoding.UTF8.GetBytes(unit ?? ""))
            hash = (hash ^ part) * 16777619u;
        return hash;
    }
}
