using ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

namespace ProgressiveDelivery.Sdk.Analysis.Queries;

/// <summary>
/// A table with one event a row, and the names of its columns. Names are identifiers: ASCII letters, digits and <c>_</c>, not beginning with a digit; the table may have parts
/// before it, separated by a dot. Immutable.
/// </summary>
public sealed record EventTable
{
    /// <summary>The table. <c>events</c> by default.</summary>
    public string Name { get; init; } = "events";

    /// <summary>The column of the type: <c>exposure</c>, <c>outcome</c>, or another one that is passed by. Text.</summary>
    public string Type { get; init; } = "type";

    /// <summary>The column of the id. Text.</summary>
    public string Id { get; init; } = "id";

    /// <summary>
    /// The column of the order in which events came, such as an identity. Of events with one id, that with the smallest number counts. A whole number, unique, never null.
    /// </summary>
    public string Order { get; init; } = "seq";

    /// <summary>
    /// The column of the time. PostgreSQL: <c>timestamptz</c>. DuckDB: <c>TIMESTAMPTZ</c>, or <c>TIMESTAMP</c> in UTC. ClickHouse: <c>Int64</c>, microseconds since 1970, since old
    /// versions have no time with parts of seconds.
    /// </summary>
    public string Time { get; init; } = "time";

    /// <summary>The column of the unit. Text.</summary>
    public string Unit { get; init; } = "unit";

    /// <summary>The column of the attribute that names the unit. Text.</summary>
    public string UnitKind { get; init; } = "unit_kind";

    /// <summary>The column of the flag of an exposure. Text.</summary>
    public string Flag { get; init; } = "flag";

    /// <summary>The column of the experiment of an exposure. Text.</summary>
    public string Experiment { get; init; } = "experiment";

    /// <summary>The column of the variant of an exposure. Text.</summary>
    public string Variant { get; init; } = "variant";

    /// <summary>The column of the metric of an outcome. Text.</summary>
    public string Metric { get; init; } = "metric";

    /// <summary>The column of the value of an outcome. Double precision. Null, NaN and infinity are invalid.</summary>
    public string Value { get; init; } = "value";

    /// <summary>
    /// The column of the attributes of an outcome, read only for metrics that select by attributes. PostgreSQL: <c>jsonb</c> or <c>json</c>. DuckDB: <c>JSON</c>.
    /// ClickHouse: <c>Nested(key String, value String)</c>.
    /// </summary>
    public string Attributes { get; init; } = "attributes";

    /// <summary>Returns unless a name is no identifier.</summary>
    /// <exception cref="ArgumentException">A name is no identifier.</exception>
    internal void Validate()
    {
        Identifier.Validate(Name, allowsParts: true);
        foreach (var column in (string[])[Type, Id, Order, Time, Unit, UnitKind, Flag, Experiment, Variant, Metric, Value, Attributes])
            Identifier.Validate(column, allowsParts: false);
    }
}
