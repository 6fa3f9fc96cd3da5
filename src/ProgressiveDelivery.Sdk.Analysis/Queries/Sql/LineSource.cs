namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>Valid events that were read from lines into two tables, with the attributes that the plan names.</summary>
internal sealed class LineSource : EventSource
{
    public const string ExposureTable = "pd_exposure_lines";
    public const string OutcomeTable = "pd_outcome_lines";

    private readonly IReadOnlyList<string> _attributes;

    public LineSource(ExperimentPlan plan)
    {
        var selections = plan.Metrics.SelectMany(metric => metric.Denominator is null ? [metric.Outcomes] : new[] { metric.Outcomes, metric.Denominator });
        _attributes = [.. selections.SelectMany(selection => selection.Attributes.Keys).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The attributes that outcomes are to have, in the order of their columns.</summary>
    public IReadOnlyList<string> Attributes => _attributes;

    public override SqlStatement? Totals => null;

    public override string Exposures => $"SELECT id, order_no, occurred, unit, unit_kind, experiment, variant FROM {ExposureTable}";

    public override string Metric => "metric";

    public override string Value => "value";

    /// <summary>The statements that make the tables.</summary>
    public IReadOnlyList<SqlStatement> Creation =>
    [
        new("The exposures.", $"CREATE TABLE {ExposureTable} (id VARCHAR, order_no BIGINT, occurred BIGINT, unit VARCHAR, unit_kind VARCHAR, experiment VARCHAR, variant VARCHAR)"),
        new("The outcomes.", $"CREATE TABLE {OutcomeTable} (id VARCHAR, order_no BIGINT, occurred BIGINT, unit VARCHAR, unit_kind VARCHAR, metric VARCHAR, value DOUBLE{AttributeColumns})"),
    ];

    private string AttributeColumns => string.Concat(_attributes.Select((_, i) => $", attribute_{i} VARCHAR"));

    public override string Outcomes(string columns) => $"""
        SELECT id, order_no, occurred, unit, unit_kind, value{columns}
        FROM {OutcomeTable}
        """;

    public override string AttributeIs(string name, Func<string> nameParameter, string textParameter) =>
        $"attribute_{Place(name)} = {textParameter}";


    private int Place(string name)
    {
        var place = 0;
        while (!string.Equals(_attributes[place], name, StringComparison.Ordinal))
            place++;
        return place;
    }
}
