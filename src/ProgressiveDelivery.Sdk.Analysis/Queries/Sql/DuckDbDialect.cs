namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

internal sealed class DuckDbDialect() : SqlDialect("DuckDB")
{
    internal override string Double => "DOUBLE";

    internal override string Parameter(string name, SqlType type) => $"${name}";

    internal override string Microseconds(string column) => $"epoch_us({column})";

    internal override string IsFinite(string column) => $"isfinite({column})";

    // A JSON pointer: its own two signs in a name are escaped.
    internal override string AttributeIs(string column, string name, string text) =>
        $"json_extract_string({column}, '/' || replace(replace({name}, '~', '~0'), '/', '~1')) = {text}";

    internal override string FirstVariant(string condition) => $"arg_min(shown, (occurred, id)) FILTER (WHERE {condition})";

    internal override string Quotient(string dividend, string divisor) => $"{dividend} // {divisor}";

    internal override string OrderStatistics(string group, string value, string rows, IReadOnlyList<string> levels) =>
        WindowedOrderStatistics.Write(this, group, value, rows, levels);
}
