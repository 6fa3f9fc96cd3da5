namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>
/// The statements of an analysis, for one plan, engine and source. Tables first, then queries; some queries take as parameters what earlier ones gave. Each query's columns are numbers.
/// </summary>
internal sealed class AnalysisScript
{
    private readonly SqlDialect _dialect;
    private readonly EventSource _source;

    public AnalysisScript(ExperimentPlan plan, SqlDialect dialect, EventSource source)
    {
        (_dialect, _source) = (dialect, source);
        Parameters = new(dialect);
        Metrics = [.. plan.Metrics.Select((_, place) => new MetricSql(place, plan, dialect, source, Parameters))];
        Exposures = new(plan, dialect, source, Parameters);
        Outcomes = new(dialect, source, Metrics);
        Moments = new(dialect, Parameters, Metrics);
        Quantiles = new(plan, dialect, Parameters);
    }

    public SqlParameters Parameters { get; }

    public IReadOnlyList<MetricSql> Metrics { get; }

    public ExposureSql Exposures { get; }

    public OutcomeSql Outcomes { get; }

    public MomentSql Moments { get; }

    public QuantileSql Quantiles { get; }

    public SqlDialect Dialect => _dialect;

    public SqlStatement? Totals => _source.Totals;

    /// <summary>The metrics that have moments.</summary>
    public IEnumerable<MetricSql> MetricsOfUnits => Metrics.Where(metric => !metric.IsQuantile);

    /// <summary>The metrics that are quantiles.</summary>
    public IEnumerable<MetricSql> QuantileMetrics => Metrics.Where(metric => metric.IsQuantile);

    /// <summary>The metrics that are winsorized.</summary>
    public IEnumerable<MetricSql> Winsorized => Metrics.Where(metric => metric.Metric.Winsorize is not null);

    /// <summary>The statements that make the temporary tables, in order, with the name of each.</summary>
    public IEnumerable<(string Table, SqlStatement Statement)> Tables =>
    [
        (WorkTables.RepeatedExposures, Exposures.Repeated),
        (WorkTables.Units, Exposures.Units),
        (WorkTables.RepeatedOutcomes, Outcomes.Repeated),
        (WorkTables.UnitOutcomes, Outcomes.ByUnit),
        (WorkTables.Values, Outcomes.Values),
        .. QuantileMetrics.Select(metric => (WorkTables.Quantile(metric.Place), Outcomes.OfQuantile(metric))),
    ];

    /// <summary>All statements, in the order in which they run.</summary>
    public IEnumerable<SqlStatement> All()
    {
        foreach (var statement in _dialect.Preparation)
            yield return statement;
        if (Totals is not null)
            yield return Totals;
        foreach (var (_, statement) in Tables)
            yield return statement;
        yield return Exposures.Counts;
        yield return Exposures.Crossovers;
        yield return Outcomes.Counts;
        foreach (var metric in Winsorized)
            yield return Moments.Cap(metric);
        if (MetricsOfUnits.Any())
            yield return Moments.Centers;
        foreach (var metric in MetricsOfUnits)
            yield return Moments.MostCommon(metric);
        yield return Moments.ByDay;
        foreach (var metric in QuantileMetrics)
        {
            yield return Quantiles.Values(metric);
            yield return Quantiles.Clusters(metric);
            yield return Quantiles.Outer(metric);
        }
    }
}
