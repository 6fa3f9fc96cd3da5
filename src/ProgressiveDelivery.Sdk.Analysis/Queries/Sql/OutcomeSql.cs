namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>The statements that judge outcomes and make values of units of them.</summary>
internal sealed class OutcomeSql(SqlDialect dialect, EventSource source, IReadOnlyList<MetricSql> metrics)
{
    private static readonly string[] Judgements =
        ["repeated", "other unit kind", "other metric", "unexposed unit", "crossover unit", "before exposure", "after window", "kept"];

    /// <summary>The ids that came more than once, with the first place of each.</summary>
    public SqlStatement Repeated => new(
        "Ids of outcomes that came more than once. The first one stays (rule 5).",
        RepeatedSql.Write(WorkTables.RepeatedOutcomes, source.Outcomes("")));

    /// <summary>The units that have outcomes, with the counts of these by judgement, and the values of metrics.</summary>
    public SqlStatement ByUnit => new("What became of the outcomes of each unit, and what metrics make of them (rules 9 to 11).", $"""
        CREATE TEMPORARY TABLE {WorkTables.UnitOutcomes} AS
        SELECT unit,
            {string.Join(",\n    ", Judgements.Select(judgement => $"{SqlText.CountIf($"judgement = '{judgement}'")} AS {Name(judgement)}"))},
            {SqlText.CountIf(UsedAsCovariate)} AS used_as_covariate{SqlText.Columns(metrics.SelectMany(metric => metric.Aggregates()), 4)}
        FROM (
            {SqlText.Indent(Judged, 4)}
        ) AS judged
        GROUP BY unit
        """);

    /// <summary>The values of each unit that takes part. Units without outcomes have zeros.</summary>
    public SqlStatement Values => new("The values of each unit that takes part; zeros for one without outcomes (rule 11).", $"""
        CREATE TEMPORARY TABLE {WorkTables.Values} AS
        SELECT variant_no, day_no{SqlText.Columns(ValueNames.Select(name => $"coalesce({name}, {dialect.ToDouble("0")}) AS {name}"), 4)}
        FROM (
            {SqlText.Indent(ExposureSql.Participants(dialect), 4)}
        ) AS participants
        {dialect.LeftJoin} (
            SELECT unit{string.Concat(ValueNames.Select(name => $", {name}"))}
            FROM {WorkTables.UnitOutcomes}
        ) AS outcomes USING (unit)
        """);

    /// <summary>The outcomes by judgement, and those used as covariate, in one row.</summary>
    public SqlStatement Counts => new("What became of the outcomes.", $"""
        SELECT
            {string.Join(",\n    ", Judgements.Select(Name).Append("used_as_covariate").Select(name => dialect.ToDouble($"sum({name})")))}
        FROM {WorkTables.UnitOutcomes}
        """);

    /// <summary>The outcomes themselves that a quantile takes.</summary>
    public SqlStatement OfQuantile(MetricSql metric) => new($"The outcomes of metric {metric.Place}, a quantile (rule 13).", $"""
        CREATE TEMPORARY TABLE {WorkTables.Quantile(metric.Place)} AS
        SELECT unit, variant_no, value
        FROM (
            {SqlText.Indent(Judged, 4)}
        ) AS judged
        WHERE {metric.InWindow}
        """);

    private IEnumerable<string> ValueNames => metrics.SelectMany(metric => metric.ValueNames);

    private string UsedAsCovariate
    {
        get
        {
            var uses = metrics.Where(metric => metric.Metric.UseCovariate).Select(metric => metric.InCovariateWindow).Distinct().ToList();
            return uses.Count == 0 ? "1 = 0" : SqlText.Any(uses);
        }
    }

    private string Names => string.Concat(metrics.SelectMany(metric => metric.SelectionNames).Select(name => $", {name}"));

    // A judged outcome still has what metrics take it, and how long after the first exposure it came.
    private string Judged => $"""
        SELECT unit, variant_no, value, elapsed{Names},
            CASE
                WHEN is_repeated = 1 AND order_no > first_order THEN 'repeated'
                WHEN unit_kind <> {dialect.Parameter("unit_kind", SqlType.Text)} THEN 'other unit kind'
                WHEN NOT ({SqlText.Any(metrics.SelectMany(metric => metric.SelectionNames).Select(name => $"{name} = 1"))}) THEN 'other metric'
                WHEN coalesce(is_exposed, 0) = 0 THEN 'unexposed unit'
                WHEN crossover = 1 THEN 'crossover unit'
                WHEN elapsed < 0 THEN 'before exposure'
                WHEN NOT ({SqlText.Any(metrics.Select(metric => metric.EndsAfter))}) THEN 'after window'
                ELSE 'kept'
            END AS judgement
        FROM (
            SELECT unit, variant_no, value, order_no, unit_kind, is_repeated, first_order, is_exposed, crossover, occurred - first_time AS elapsed{Names}
            FROM (
                SELECT unit, value, occurred, order_no, unit_kind, is_repeated, first_order{Names}
                FROM (
                    {SqlText.Indent(source.Outcomes(SqlText.Columns(metrics.SelectMany(metric => metric.Selections), 4)), 12)}
                ) AS outcomes
                {dialect.LeftJoin} (SELECT id, first_order, 1 AS is_repeated FROM {WorkTables.RepeatedOutcomes}) AS repeated USING (id)
            ) AS numbered
            {dialect.LeftJoin} (SELECT unit, variant_no, first_time, crossover, 1 AS is_exposed FROM {WorkTables.Units} WHERE kept > 0) AS units USING (unit)
        ) AS timed
        """;

    private static string Name(string judgement) => judgement.Replace(' ', '_');
}
