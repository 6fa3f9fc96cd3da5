namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>
/// The queries for moments. Squares and products are summed after the mean over all variants is taken off, so that no digits are lost where the mean is large against the spread; sums
/// of days then add up to those of a variant. Extremes show where all values are equal, which rounding would hide.
/// </summary>
internal sealed class MomentSql(SqlDialect dialect, SqlParameters parameters, IReadOnlyList<MetricSql> metrics)
{
    /// <summary>The number of columns of <see cref="ByDay"/> before those of metrics.</summary>
    public const int KeyColumns = 3;

    /// <summary>Returns the name of the parameter for the cap of a metric.</summary>
    public static string CapName(MetricSql metric) => $"m{metric.Place}_cap";

    /// <summary>Returns the name of the parameter for the most common value of a metric.</summary>
    public static string MostCommonName(MetricSql metric) => $"m{metric.Place}_most_common";

    /// <summary>Returns the name of the parameter for the mean of a column over all variants.</summary>
    public static string CenterName(string column) => $"{column}_center";

    /// <summary>The columns that have a center, in the order of <see cref="Centers"/>.</summary>
    public IReadOnlyList<string> Centered => [.. metrics.SelectMany(metric => metric.ValueNames)];

    /// <summary>The mean of each column over all variants, in one row.</summary>
    public SqlStatement Centers => new("The mean of each column over all variants. Only digits depend on it, not results.", $"""
        SELECT {string.Join(", ", Centered.Select(column => $"avg({column})"))}
        FROM (
            {SqlText.Indent(Capped, 4)}
        ) AS capped
        """);

    /// <summary>The moments by variant and day.</summary>
    public SqlStatement ByDay => new("Units, sums, squares and products by variant and day (rule 14).", $"""
        SELECT {dialect.ToDouble("variant_no")}, {dialect.ToDouble("day_no")}, {dialect.ToDouble("count(*)")}{SqlText.Columns(metrics.SelectMany(Columns), 4)}
        FROM (
            {SqlText.Indent(Capped, 4)}
        ) AS capped
        GROUP BY variant_no, day_no
        """);

    /// <summary>Returns the query for the cap of a metric over all variants: the number of values, and the cap.</summary>
    public SqlStatement Cap(MetricSql metric) => new(
        $"The cap of metric {metric.Place} over all variants (rule 12).",
        dialect.OrderStatistics("variant_no * 0", metric.Value, WorkTables.Values + (metric.Metric.WinsorizeNonZero ? $" WHERE {metric.Value} <> 0" : ""), [metric.Level]));

    /// <summary>Returns the query for the most common value of a metric over all variants; of equally common ones the smallest.</summary>
    public SqlStatement MostCommon(MetricSql metric) => new($"The most common value of metric {metric.Place} over all variants.", $"""
        SELECT value
        FROM (
            SELECT {metric.Value} AS value, count(*) AS times
            FROM (
                {SqlText.Indent(Capped, 8)}
            ) AS capped
            GROUP BY {metric.Value}
        ) AS counted
        ORDER BY times DESC, value
        LIMIT 1
        """);

    private string Capped => $"""
        SELECT variant_no, day_no{string.Concat(metrics.SelectMany(metric => metric.ValueNames.Select(name => $", {Limit(metric, name)}")))}
        FROM {WorkTables.Values}
        """;

    private string Limit(MetricSql metric, string column) =>
        metric.Metric.Winsorize is null || column != metric.Value ? column : $"least({column}, {parameters.Later(CapName(metric))}) AS {column}";

    private IEnumerable<string> Columns(MetricSql metric)
    {
        if (metric.IsQuantile)
            yield break;
        yield return $"sum(CASE WHEN {metric.Value} <> {parameters.Later(MostCommonName(metric))} THEN 1 ELSE 0 END)";
        foreach (var column in metric.ValueNames)
            yield return $"sum({column}), sum({column} * {column}), min({column}), max({column}), sum({Shifted(column)}), sum(({Shifted(column)}) * ({Shifted(column)}))";
        if (metric.ValueNames.Skip(1).FirstOrDefault() is { } other)
            yield return $"sum(({Shifted(metric.Value)}) * ({Shifted(other)}))";
    }

    private string Shifted(string column) => $"{column} - {parameters.Later(CenterName(column))}";
}
