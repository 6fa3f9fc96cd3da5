namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>The expressions and columns of one metric. Columns have its place in the plan as a suffix.</summary>
internal sealed class MetricSql
{
    private readonly SqlDialect _dialect;
    private readonly string _from;
    private readonly string _to;
    private readonly string _covariateFrom;

    public MetricSql(int place, ExperimentPlan plan, SqlDialect dialect, EventSource source, SqlParameters parameters)
    {
        (Place, Metric, _dialect) = (place, plan.Metrics[place], dialect);
        _from = parameters.Whole($"m{place}_from", Metric.WindowStart.Ticks / TimeSpan.TicksPerMicrosecond);
        _to = parameters.Whole($"m{place}_to", (Metric.WindowEnd ?? plan.OutcomeWindow).Ticks / TimeSpan.TicksPerMicrosecond);
        _covariateFrom = parameters.Whole("covariate_from", -plan.CovariateWindow.Ticks / TimeSpan.TicksPerMicrosecond);
        Level = (Metric.Level ?? Metric.Winsorize) is { } level ? parameters.Number($"m{place}_level", level) : "";

        Selections.Add($"CASE WHEN {Select(Metric.Outcomes, $"m{place}", source, parameters)} THEN 1 ELSE 0 END AS {Takes}");
        if (Metric.Denominator is not null)
            Selections.Add($"CASE WHEN {Select(Metric.Denominator, $"d{place}", source, parameters)} THEN 1 ELSE 0 END AS {TakesBelow}");
    }

    public int Place { get; }

    public Metric Metric { get; }

    /// <summary>The columns that hold 1 for the outcomes that the metric takes.</summary>
    public List<string> Selections { get; } = [];

    /// <summary>The names of those columns.</summary>
    public IEnumerable<string> SelectionNames => Metric.Denominator is null ? [Takes] : [Takes, TakesBelow];

    /// <summary>The expression of the level of a quantile, or of the percentile to winsorize at.</summary>
    public string Level { get; } = "";

    public bool IsQuantile => Metric.Kind == MetricKind.Quantile;

    /// <summary>The names of the columns that hold a number per unit: the value, then the denominator or the covariate.</summary>
    public IEnumerable<string> ValueNames => IsQuantile ? [] : Metric.Denominator is not null ? [Value, Denominator] : Metric.UseCovariate ? [Value, Covariate] : [Value];

    public string Value => $"value_{Place}";

    public string Denominator => $"denominator_{Place}";

    public string Covariate => $"covariate_{Place}";

    private string Takes => $"takes_{Place}";

    private string TakesBelow => $"takes_below_{Place}";

    /// <summary>The condition that the metric takes an outcome that is no later than the end of its window.</summary>
    public string EndsAfter => Metric.Denominator is null ? $"{Takes} = 1 AND elapsed < {_to}" : $"({Takes} = 1 OR {TakesBelow} = 1) AND elapsed < {_to}";

    /// <summary>The condition that an outcome counts for the value.</summary>
    public string InWindow => $"judgement = 'kept' AND {Takes} = 1 AND elapsed >= {_from} AND elapsed < {_to}";

    /// <summary>The condition that an outcome counts for the covariate.</summary>
    public string InCovariateWindow => $"judgement = 'before exposure' AND {Takes} = 1 AND elapsed < 0 AND elapsed >= {_covariateFrom}";

    /// <summary>The aggregates over the outcomes of a unit.</summary>
    public IEnumerable<string> Aggregates()
    {
        if (IsQuantile)
            yield break;
        yield return $"{Aggregate(InWindow, Metric.Outcomes.Aggregation)} AS {Value}";
        if (Metric.Denominator is not null)
            yield return $"{Aggregate($"judgement = 'kept' AND {TakesBelow} = 1 AND elapsed >= {_from} AND elapsed < {_to}", Metric.Denominator.Aggregation)} AS {Denominator}";
        else if (Metric.UseCovariate)
            yield return $"{Aggregate(InCovariateWindow, Metric.Outcomes.Aggregation)} AS {Covariate}";
    }

    private string Aggregate(string condition, OutcomeAggregation ofRatio) => Metric.Kind switch
    {
        MetricKind.Conversion or MetricKind.Retention => _dialect.ToDouble($"max(CASE WHEN {condition} THEN 1 ELSE 0 END)"),
        MetricKind.Count => _dialect.ToDouble(SqlText.CountIf(condition)),
        MetricKind.Ratio when ofRatio == OutcomeAggregation.Count => _dialect.ToDouble(SqlText.CountIf(condition)),
        _ => $"sum(CASE WHEN {condition} THEN value ELSE {_dialect.ToDouble("0")} END)",
    };

    private static string Select(OutcomeSelection selection, string prefix, EventSource source, SqlParameters parameters)
    {
        var conditions = new List<string> { $"{source.Metric} = {parameters.Text($"{prefix}_metric", selection.Metric)}" };
        if (selection.MinValue is { } least)
            conditions.Add($"{source.Value} >= {parameters.Number($"{prefix}_min", least)}");
        if (selection.MaxValue is { } greatest)
            conditions.Add($"{source.Value} <= {parameters.Number($"{prefix}_max", greatest)}");
        foreach (var (attribute, i) in selection.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal).Select((attribute, i) => (attribute, i)))
        {
            var text = parameters.Text($"{prefix}_attribute_{i}_text", attribute.Value);
            conditions.Add(source.AttributeIs(attribute.Key, () => parameters.Text($"{prefix}_attribute_{i}_name", attribute.Key), text));
        }
        return string.Join(" AND ", conditions);
    }
}
