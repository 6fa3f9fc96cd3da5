namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>Lays out SQL.</summary>
internal static class SqlText
{
    /// <summary>Returns a text with all lines but the first one moved to the right.</summary>
    public static string Indent(string text, int spaces) => text.Replace("\n", "\n" + new string(' ', spaces), StringComparison.Ordinal);

    /// <summary>Returns a list with one item a line, each with a comma before it.</summary>
    public static string Columns(IEnumerable<string> columns, int indent) => string.Concat(columns.Select(column => $",\n{new string(' ', indent)}{column}"));

    /// <summary>Returns a condition that holds if any of the given ones does.</summary>
    public static string Any(IEnumerable<string> conditions) => string.Join(" OR ", conditions);

    /// <summary>Returns the sum of 1 over the rows for which a condition holds.</summary>
    public static string CountIf(string condition) => $"sum(CASE WHEN {condition} THEN 1 ELSE 0 END)";
}
