namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>
/// Writes order statistics by a running count over distinct values. The engines' own percentile functions take one level for all groups, and round ranks in ways of their own.
/// </summary>
internal static class WindowedOrderStatistics
{
    public static string Write(SqlDialect dialect, string group, string value, string rows, IReadOnlyList<string> levels)
    {
        var picks = levels.Select((level, i) =>
            $",\n    min(CASE WHEN upto >= {dialect.ToDouble("total")} * {level} THEN value END) AS value_{i}");
        return $"""
            SELECT {dialect.ToDouble("group_no")}, {dialect.ToDouble("max(total)")}{string.Concat(picks)}
            FROM (
                SELECT group_no, value,
                    sum(times) OVER (PARTITION BY group_no ORDER BY value) AS upto,
                    sum(times) OVER (PARTITION BY group_no) AS total
                FROM (
                    SELECT {group} AS group_no, {value} AS value, count(*) AS times
                    FROM {rows}
                    GROUP BY {group}, {value}
                ) AS distinct_values
            ) AS ranked
            GROUP BY group_no
            """;
    }
}
