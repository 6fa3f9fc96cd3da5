namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>Events in one table, not yet checked.</summary>
internal sealed class TableSource : EventSource
{
    private readonly SqlDialect _dialect;
    private readonly EventTable _table;
    private readonly string _from;
    private readonly string _order;
    private readonly IReadOnlyList<(string Name, string Expression)> _attributes;

    /// <param name="plan">The plan, which shows whether attributes are read.</param>
    /// <param name="dialect">The engine.</param>
    /// <param name="table">The names, which must be valid.</param>
    /// <param name="from">What stands after FROM; null for the table itself.</param>
    /// <param name="order">The expression of the order; null for its column.</param>
    public TableSource(ExperimentPlan plan, SqlDialect dialect, EventTable table, string? from = null, string? order = null)
    {
        (_dialect, _table) = (dialect, table);
        _from = from ?? Identifier.Quote(table.Name);
        _order = order ?? Identifier.Quote(table.Order);
        var readsAttributes = plan.Metrics.Any(metric => metric.Outcomes.Attributes.Count > 0 || metric.Denominator?.Attributes.Count > 0);
        _attributes = readsAttributes ? dialect.AttributeColumns(table.Attributes) : [];
    }

    public override SqlStatement Totals => new("The rows of the table, by rules 3 to 5.", $"""
        SELECT
            count(*),
            sum(CASE WHEN kind = 'unknown' THEN 1 ELSE 0 END) AS unknown_types,
            sum(CASE WHEN kind = 'invalid' THEN 1 ELSE 0 END) AS invalid_events,
            sum(CASE WHEN kind = 'exposure' THEN 1 ELSE 0 END) AS exposures,
            sum(CASE WHEN kind = 'outcome' THEN 1 ELSE 0 END) AS outcomes
        FROM (
            SELECT CASE
                    WHEN {Column(_table.Type)} = 'exposure' THEN CASE WHEN {ValidExposure(21)} THEN 'exposure' ELSE 'invalid' END
                    WHEN {Column(_table.Type)} = 'outcome' THEN CASE WHEN {ValidOutcome(21)} THEN 'outcome' ELSE 'invalid' END
                    ELSE 'unknown'
                END AS kind
            FROM {_from}
        ) AS kinds
        """);

    public override string Exposures => Renamed(
        [.. Common, ("experiment", Column(_table.Experiment)), ("variant", Column(_table.Variant))],
        "",
        $"""
        FROM {_from}
        WHERE {Column(_table.Type)} = 'exposure' AND {ValidExposure(4)}
        """);

    public override string Metric => _dialect.ReplacesAliases ? "pd_metric" : Column(_table.Metric);

    public override string Value => _dialect.ReplacesAliases ? "pd_value" : RawValue;

    private string RawValue => Column(_table.Value);

    private (string Name, string Expression)[] Common =>
    [
        ("id", Column(_table.Id)), ("order_no", _order), ("occurred", _dialect.Microseconds(Column(_table.Time))), ("unit", Column(_table.Unit)),
        ("unit_kind", Column(_table.UnitKind)),
    ];

    public override string Outcomes(string columns) => Renamed(
        [.. Common, ("value", _dialect.ToDouble(RawValue))],
        columns,
        $"""
        FROM {_from}
        WHERE {Column(_table.Type)} = 'outcome' AND {ValidOutcome(4)}
        """);

    public override string AttributeIs(string name, Func<string> nameParameter, string textParameter) =>
        _dialect.AttributeIs(Column(_table.Attributes), nameParameter(), textParameter);

    // Where an alias would hide a column, such as 'id' for "event_id" beside another column "id", names that no column has come first. What has parameters stands outside: shards of
    // old versions name such columns in another way than the server that asks them.
    private string Renamed((string Name, string Expression)[] columns, string more, string from)
    {
        if (!_dialect.ReplacesAliases)
            return $"SELECT {string.Join(", ", columns.Select(column => $"{column.Expression} AS {column.Name}"))}{more}\n{from}";
        (string Name, string Expression)[] needed = more.Length == 0 ? columns : [.. columns, ("metric", Column(_table.Metric)), .. _attributes];
        return $"""
            SELECT {string.Join(", ", columns.Select(column => $"pd_{column.Name} AS {column.Name}"))}{more}
            FROM (
                SELECT {string.Join(", ", needed.Select(column => $"{column.Expression} AS pd_{column.Name}"))}
                {SqlText.Indent(from, 4)}
            ) AS renamed
            """;
    }

    private string ValidExposure(int indent) =>
        All(indent, [.. CommonText.Append(_table.Flag).Append(_table.Experiment).Append(_table.Variant).Select(HasText), HasTime]);

    private string ValidOutcome(int indent) =>
        All(indent, [.. CommonText.Append(_table.Metric).Select(HasText), HasTime, $"{RawValue} IS NOT NULL", _dialect.IsFinite(RawValue)]);

    private string[] CommonText => [_table.Id, _table.Unit, _table.UnitKind];

    private string HasTime => $"{Column(_table.Time)} IS NOT NULL";

    private string HasText(string name) => _dialect.HasText(Column(name));

    private static string All(int indent, string[] conditions) => string.Join($"\n{new string(' ', indent)}AND ", conditions);

    private static string Column(string name) => Identifier.Quote(name);
}
