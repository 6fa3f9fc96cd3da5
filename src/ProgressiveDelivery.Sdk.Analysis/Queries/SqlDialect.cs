using ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

namespace ProgressiveDelivery.Sdk.Analysis.Queries;

/// <summary>The SQL of one engine, where engines differ. Immutable.</summary>
public abstract class SqlDialect
{
    private protected SqlDialect(string name) => Name = name;

    /// <summary>DuckDB 1.2 or later. Parameters are <c>$name</c>.</summary>
    public static SqlDialect DuckDb { get; } = new DuckDbDialect();

    /// <summary>PostgreSQL 12 or later. Parameters are <c>@name</c>.</summary>
    public static SqlDialect PostgreSql { get; } = new PostgreSqlDialect();

    /// <summary>ClickHouse 18.16 or later. Parameters are rows of the temporary table <c>pd_parameters</c>.</summary>
    public static SqlDialect ClickHouse { get; } = new ClickHouseDialect();

    /// <summary>The name of the engine.</summary>
    public string Name { get; }

    /// <summary>The type of 64-bit floating-point numbers.</summary>
    internal abstract string Double { get; }

    /// <summary>The join that keeps all rows of the left side, which find at most one row on the right side.</summary>
    internal virtual string LeftJoin => "LEFT JOIN";

    /// <summary>Indicates whether an alias stands for its expression in the whole SELECT, so that it hides a column of the same name.</summary>
    internal virtual bool ReplacesAliases => false;

    /// <summary>The statements to run before all others.</summary>
    internal virtual IEnumerable<SqlStatement> Preparation => [];

    /// <summary>Returns the expression for a parameter.</summary>
    internal abstract string Parameter(string name, SqlType type);

    /// <summary>Returns the expression for a time column, in microseconds since 1970.</summary>
    internal abstract string Microseconds(string column);

    /// <summary>Returns the condition that a text is there.</summary>
    internal virtual string HasText(string column) => $"{column} <> ''";

    /// <summary>Returns the condition that a number is there and finite.</summary>
    internal abstract string IsFinite(string column);

    /// <summary>Returns the columns that hold attributes, where <see cref="ReplacesAliases"/> renames them.</summary>
    internal virtual IReadOnlyList<(string Name, string Expression)> AttributeColumns(string column) => [];

    /// <summary>Returns the condition that an attribute has a text.</summary>
    internal abstract string AttributeIs(string column, string name, string text);

    /// <summary>Returns the aggregate for the variant of the first exposure that counts: the one with the smallest time, then id.</summary>
    internal abstract string FirstVariant(string condition);

    /// <summary>Returns the whole part of a quotient of whole numbers that are not negative.</summary>
    internal abstract string Quotient(string dividend, string divisor);

    /// <summary>
    /// Returns the query for order statistics as PERCENTILE_DISC has them: of n values the one with the number ceil(n × level). Each row has the group, n, and one value for each level.
    /// </summary>
    /// <param name="group">The column, or constant, of the group.</param>
    /// <param name="value">The column of the values.</param>
    /// <param name="rows">The rows, as they stand after <c>FROM</c>.</param>
    /// <param name="levels">The expressions of the levels; they may name the group.</param>
    internal abstract string OrderStatistics(string group, string value, string rows, IReadOnlyList<string> levels);

    /// <summary>Returns a number as double precision.</summary>
    internal string ToDouble(string expression) => $"CAST({expression} AS {Double})";
}
