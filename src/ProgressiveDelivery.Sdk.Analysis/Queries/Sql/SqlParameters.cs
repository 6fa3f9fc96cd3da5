namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>The parameters of an analysis: the values of the plan, and later those that earlier queries gave.</summary>
internal sealed class SqlParameters(SqlDialect dialect)
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>The values by name: texts, whole numbers (<see cref="long"/>) and numbers (<see cref="double"/>).</summary>
    public IReadOnlyDictionary<string, object> Values => _values;

    /// <summary>Adds a text, and returns the expression for it.</summary>
    public string Text(string name, string value) => Add(name, value, SqlType.Text);

    /// <summary>Adds a whole number, and returns the expression for it.</summary>
    public string Whole(string name, long value) => Add(name, value, SqlType.Whole);

    /// <summary>Adds a number, and returns the expression for it.</summary>
    public string Number(string name, double value) => Add(name, value, SqlType.Number);

    /// <summary>Returns the expression for a number that an earlier query gives.</summary>
    public string Later(string name) => dialect.Parameter(name, SqlType.Number);

    /// <summary>Sets a number that a query gave.</summary>
    public void Set(string name, double value) => _values.Add(name, value);

    private string Add(string name, object value, SqlType type)
    {
        _values[name] = value;
        return dialect.Parameter(name, type);
    }
}
