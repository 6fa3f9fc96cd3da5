namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

internal sealed class PostgreSqlDialect() : SqlDialect("PostgreSQL")
{
    internal override string Double => "double precision";

    internal override string Parameter(string name, SqlType type) => $"@{name}";

    internal override string Microseconds(string column) => $"CAST(floor(extract(epoch FROM {column}) * 1000000) AS bigint)";

    internal override string IsFinite(string column) => $"CAST({column} AS double precision) NOT IN ('NaN', 'Infinity', '-Infinity')";

    internal override string AttributeIs(string column, string name, string text) => $"{column} ->> {name} = {text}";

    internal override string FirstVariant(string condition) => $"(array_agg(shown ORDER BY occurred, id COLLATE \"C\") FILTER (WHERE {condition}))[1]";

    internal override string Quotient(string dividend, string divisor) => $"{dividend} / {divisor}";

    internal override string OrderStatistics(string group, string value, string rows, IReadOnlyList<string> levels) =>
        WindowedOrderStatistics.Write(this, group, value, rows, levels);
}
