namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>ClickHouse as of 18.16: no common table expressions, no window functions, one join for each SELECT, and joins that say how many rows they may find.</summary>
internal sealed class ClickHouseDialect() : SqlDialect("ClickHouse")
{
    /// <summary>The temporary table of the parameters, since old versions take none over HTTP.</summary>
    public const string Parameters = "pd_parameters";

    internal override string Double => "Float64";

    // GLOBAL: the right side is a temporary table, which only the server that the session is with has.
    internal override string LeftJoin => "GLOBAL ANY LEFT JOIN";

    internal override bool ReplacesAliases => true;

    internal override IEnumerable<SqlStatement> Preparation =>
        [new("The parameters. Values are inserted as data, never written into a statement.", $"CREATE TEMPORARY TABLE {Parameters} (name String, text String, whole Int64, number Float64)")];

    internal override string Parameter(string name, SqlType type)
    {
        var column = type switch { SqlType.Text => "text", SqlType.Whole => "whole", _ => "number" };
        return $"(SELECT {column} FROM {Parameters} WHERE name = '{name}')";
    }

    internal override string Microseconds(string column) => column;

    internal override string HasText(string column) => $"ifNull({column}, '') <> ''";

    internal override string IsFinite(string column) => $"isFinite(ifNull({column}, nan))";

    internal override IReadOnlyList<(string Name, string Expression)> AttributeColumns(string column) =>
        [("attribute_keys", $"\"{column}.key\""), ("attribute_texts", $"\"{column}.value\"")];

    internal override string AttributeIs(string column, string name, string text) =>
        $"has(pd_attribute_keys, {name}) AND arrayElement(pd_attribute_texts, indexOf(pd_attribute_keys, {name})) = {text}";

    internal override string FirstVariant(string condition) => $"argMinIf(shown, tuple(occurred, id), {condition})";

    internal override string Quotient(string dividend, string divisor) => $"intDiv({dividend}, {divisor})";

    internal override string OrderStatistics(string group, string value, string rows, IReadOnlyList<string> levels)
    {
        var picks = levels.Select((level, i) =>
            $",\n    arrayElement(ordered, greatest(toUInt64(1), toUInt64(ceil(total * {level})))) AS value_{i}");
        return $"""
            SELECT group_no, total{string.Concat(picks)}
            FROM (
                SELECT {group} AS group_no, toFloat64(count()) AS total, arraySort(groupArray({value})) AS ordered
                FROM {rows}
                GROUP BY {group}
            ) AS ranked
            """;
    }
}
