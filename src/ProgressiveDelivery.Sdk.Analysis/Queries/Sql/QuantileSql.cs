namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>The queries for quantiles of outcomes that are clustered by unit.</summary>
internal sealed class QuantileSql(ExperimentPlan plan, SqlDialect dialect, SqlParameters parameters)
{
    /// <summary>Returns the name of the parameter for the quantile of a variant.</summary>
    public static string ValueName(MetricSql metric, int variant) => $"m{metric.Place}_value_{variant}";

    /// <summary>Returns the name of the parameter for the lower level of a variant.</summary>
    public static string LowerName(MetricSql metric, int variant) => $"m{metric.Place}_lower_{variant}";

    /// <summary>Returns the name of the parameter for the upper level of a variant.</summary>
    public static string UpperName(MetricSql metric, int variant) => $"m{metric.Place}_upper_{variant}";

    /// <summary>Returns the query for the variant, the number of outcomes and the quantile.</summary>
    public SqlStatement Values(MetricSql metric) => new(
        $"The quantile of metric {metric.Place}.",
        dialect.OrderStatistics("variant_no", "value", WorkTables.Quantile(metric.Place), [metric.Level]));

    /// <summary>Returns the query for the variant and the sums over its units of m, m², b, b² and m b: m outcomes, b of them at most the quantile.</summary>
    public SqlStatement Clusters(MetricSql metric) => new($"The outcomes per unit of metric {metric.Place}, and those at most the quantile (rule 13).", $"""
        SELECT {dialect.ToDouble("variant_no")}, {string.Join(", ", ((string[])["m", "m * m", "b", "b * b", "m * b"]).Select(product => dialect.ToDouble($"sum({product})")))}
        FROM (
            SELECT variant_no, unit, count(*) AS m, sum(CASE WHEN value <= {OfVariant(variant => ValueName(metric, variant))} THEN 1 ELSE 0 END) AS b
            FROM {WorkTables.Quantile(metric.Place)}
            GROUP BY variant_no, unit
        ) AS units
        GROUP BY variant_no
        """);

    /// <summary>Returns the query for the variant, the number of outcomes and the quantiles at the two outer levels.</summary>
    public SqlStatement Outer(MetricSql metric) => new(
        $"The quantiles of metric {metric.Place} at the outer levels of its interval.",
        dialect.OrderStatistics(
            "variant_no", "value", WorkTables.Quantile(metric.Place),
            [OfGroup(variant => LowerName(metric, variant)), OfGroup(variant => UpperName(metric, variant))]));

    private string OfVariant(Func<int, string> name) => Choose("variant_no", name);

    private string OfGroup(Func<int, string> name) => Choose("group_no", name);

    private string Choose(string column, Func<int, string> name)
    {
        var last = plan.Variants.Count - 1;
        var others = Enumerable.Range(0, last).Select(variant => $"WHEN {column} = {variant} THEN {parameters.Later(name(variant))} ");
        return $"CASE {string.Concat(others)}ELSE {parameters.Later(name(last))} END";
    }
}
