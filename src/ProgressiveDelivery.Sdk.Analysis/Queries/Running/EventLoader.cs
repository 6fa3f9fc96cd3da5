using DuckDB.NET.Data;
using ProgressiveDelivery.Sdk.Analysis.Queries.Lines;
using ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Running;

/// <summary>Appends events to the tables of a <see cref="LineSource"/>, in the order in which they come.</summary>
internal sealed class EventLoader : IDisposable
{
    private readonly DuckDBAppender _exposures;
    private readonly DuckDBAppender _outcomes;

    public EventLoader(DuckDBConnection connection)
    {
        _exposures = connection.CreateAppender(LineSource.ExposureTable);
        _outcomes = connection.CreateAppender(LineSource.OutcomeTable);
    }

    public long Exposures { get; private set; }

    public long Outcomes { get; private set; }

    public void Add(EventRecord record)
    {
        if (record.IsExposure)
            AddExposure(record);
        else
            AddOutcome(record);
    }

    public void Dispose()
    {
        _exposures.Dispose();
        _outcomes.Dispose();
    }

    private void AddExposure(EventRecord record) => _exposures.CreateRow()
        .AppendValue(DuckDbText.Escape(record.Id)).AppendValue(Exposures++).AppendValue(record.Time).AppendValue(DuckDbText.Escape(record.Unit)).AppendValue(DuckDbText.Escape(record.UnitKind))
        .AppendValue(DuckDbText.Escape(record.Experiment)).AppendValue(DuckDbText.Escape(record.Variant)).EndRow();

    private void AddOutcome(EventRecord record)
    {
        var row = _outcomes.CreateRow()
            .AppendValue(DuckDbText.Escape(record.Id)).AppendValue(Outcomes++).AppendValue(record.Time).AppendValue(DuckDbText.Escape(record.Unit)).AppendValue(DuckDbText.Escape(record.UnitKind))
            .AppendValue(DuckDbText.Escape(record.Metric)).AppendValue(record.Value);
        foreach (var attribute in record.Attributes)
            row = row.AppendValue(attribute is null ? null : DuckDbText.Escape(attribute));
        row.EndRow();
    }
}
