namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>Writes the table of the ids that came more than once. They are few, so that events need not be sorted to find them.</summary>
internal static class RepeatedSql
{
    public static string Write(string table, string events) => $"""
        CREATE TEMPORARY TABLE {table} AS
        SELECT id, min(order_no) AS first_order
        FROM (
            {SqlText.Indent(events, 4)}
        ) AS events
        GROUP BY id
        HAVING count(*) > 1
        """;
}
