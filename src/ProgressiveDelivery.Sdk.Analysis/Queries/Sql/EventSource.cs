namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>The source of valid events. Columns have the same names for all sources.</summary>
internal abstract class EventSource
{
    /// <summary>The query that counts rows, unknown types, invalid events, exposures and outcomes; null if something else has counted them.</summary>
    public abstract SqlStatement? Totals { get; }

    /// <summary>The query of the valid exposures: <c>id, order_no, occurred, unit, unit_kind, experiment, variant</c>.</summary>
    public abstract string Exposures { get; }

    /// <summary>Returns the query of the valid outcomes: <c>id, order_no, occurred, unit, unit_kind, value</c> and the given columns.</summary>
    /// <param name="columns">Further columns, each with a comma before it. They may use <c>metric</c>, <c>value</c> and attributes.</param>
    public abstract string Outcomes(string columns);

    /// <summary>The name of the column <c>metric</c> inside <see cref="Outcomes"/>.</summary>
    public abstract string Metric { get; }

    /// <summary>The name of the column <c>value</c> inside <see cref="Outcomes"/>.</summary>
    public abstract string Value { get; }

    /// <summary>Returns the condition, for use inside <see cref="Outcomes"/>, that an attribute has a text.</summary>
    /// <param name="name">The name.</param>
    /// <param name="nameParameter">The parameter of the name.</param>
    /// <param name="textParameter">The parameter of the text.</param>
    public abstract string AttributeIs(string name, Func<string> nameParameter, string textParameter);
}
