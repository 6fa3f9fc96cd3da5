using DuckDB.NET.Data;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Running;

/// <summary>Runs statements over the events that an <see cref="EventLoader"/> appended.</summary>
internal sealed class DuckDbLineEngine(DuckDBConnection connection) : AdoEngine(connection, transaction: null)
{
    protected override object Convert(object value) => value is string text ? DuckDbText.Escape(text) : value;
}
