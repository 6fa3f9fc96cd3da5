using ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>The statements that judge exposures and make units of them.</summary>
internal sealed class ExposureSql(ExperimentPlan plan, SqlDialect dialect, EventSource source, SqlParameters parameters)
{
    private const string MicrosecondsPerDay = "86400000000";
    private static readonly string[] Judgements = ["repeated", "other experiment", "other unit kind", "unknown variant", "outside window", "kept"];

    /// <summary>The ids that came more than once, with the first place of each.</summary>
    public SqlStatement Repeated => new(
        "Ids of exposures that came more than once. The first one stays (rule 5).",
        RepeatedSql.Write(WorkTables.RepeatedExposures, source.Exposures));

    /// <summary>The units, with the counts of their exposures by judgement.</summary>
    public SqlStatement Units => new("Units, with their first exposure that counts, and what became of their exposures (rules 6 to 8).", $"""
        CREATE TEMPORARY TABLE {WorkTables.Units} AS
        SELECT unit,
            {string.Join(",\n    ", Judgements.Select(judgement => $"{SqlText.CountIf($"judgement = '{judgement}'")} AS {Name(judgement)}"))},
            min(CASE WHEN judgement = 'kept' THEN occurred END) AS first_time,
            {dialect.FirstVariant("judgement = 'kept'")} AS variant_no,
            CASE WHEN min(CASE WHEN judgement = 'kept' THEN shown END) < max(CASE WHEN judgement = 'kept' THEN shown END) THEN 1 ELSE 0 END AS crossover
        FROM (
            {SqlText.Indent(Judged, 4)}
        ) AS judged
        GROUP BY unit
        """);

    /// <summary>The exposures by judgement, then units and crossovers, in one row.</summary>
    public SqlStatement Counts => new("What became of the exposures.", $"""
        SELECT
            {string.Join(",\n    ", Judgements.Select(judgement => dialect.ToDouble($"sum({Name(judgement)})")))},
            {dialect.ToDouble(SqlText.CountIf($"{Name("kept")} > 0"))},
            {dialect.ToDouble("sum(crossover)")}
        FROM {WorkTables.Units}
        """);

    /// <summary>The crossovers by their first variant.</summary>
    public SqlStatement Crossovers => new("Crossovers by their first variant (rule 8).", $"""
        SELECT {dialect.ToDouble("variant_no")}, {dialect.ToDouble("count(*)")}
        FROM {WorkTables.Units}
        WHERE crossover = 1
        GROUP BY variant_no
        """);

    /// <summary>The columns of a unit that takes part: the unit, its variant and the day of its first exposure.</summary>
    public static string Participants(SqlDialect dialect) => $"""
        SELECT unit, variant_no, {dialect.Quotient("first_time", MicrosecondsPerDay)} AS day_no
        FROM {WorkTables.Units}
        WHERE kept > 0 AND crossover = 0
        """;

    private string Judged => $"""
        SELECT id, unit, occurred, shown,
            CASE
                WHEN is_repeated = 1 AND order_no > first_order THEN 'repeated'
                WHEN experiment <> {parameters.Text("experiment", plan.Experiment)} THEN 'other experiment'
                WHEN unit_kind <> {parameters.Text("unit_kind", plan.UnitKind)} THEN 'other unit kind'
                WHEN shown < 0 THEN 'unknown variant'
                WHEN occurred < {parameters.Whole("start_time", EventTime.Microseconds(plan.Start))} OR occurred >= {parameters.Whole("end_time", EventTime.Microseconds(plan.End))} THEN 'outside window'
                ELSE 'kept'
            END AS judgement
        FROM (
            SELECT id, order_no, unit, occurred, experiment, unit_kind, is_repeated, first_order,
                CASE {string.Concat(plan.Variants.Select((variant, i) => $"WHEN variant = {parameters.Text($"variant_{i}", variant.Key)} THEN {i} "))}ELSE -1 END AS shown
            FROM (
                {SqlText.Indent(source.Exposures, 8)}
            ) AS exposures
            {dialect.LeftJoin} (SELECT id, first_order, 1 AS is_repeated FROM {WorkTables.RepeatedExposures}) AS repeated USING (id)
        ) AS numbered
        """;

    private static string Name(string judgement) => judgement.Replace(' ', '_');
}
