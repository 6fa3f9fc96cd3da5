using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Running;

/// <summary>Runs the statements of a script, and makes sufficient statistics of what they give.</summary>
internal sealed class AnalysisRun(ExperimentPlan plan, AnalysisScript script, ISqlEngine engine, IProgress<double>? progress)
{
    private readonly int _steps = script.All().Count();
    private readonly Dictionary<int, double> _caps = [];
    private int _done;

    /// <summary>Runs everything, after what makes the engine ready.</summary>
    /// <param name="lines">What the lines of files became; null if the events are in a table, whose rows the script counts.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<ExperimentData> RunAsync(EventCounts? lines, CancellationToken cancellationToken)
    {
        foreach (var statement in script.Dialect.Preparation)
            await ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
        var totals = lines ?? await ReadTotalsAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (_, statement) in script.Tables)
            await ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);

        var counts = await ReadCountsAsync(totals, cancellationToken).ConfigureAwait(false);
        var crossovers = await QueryAsync(script.Exposures.Crossovers, cancellationToken).ConfigureAwait(false);
        await ReadCapsAsync(cancellationToken).ConfigureAwait(false);
        var byDay = counts.Units == counts.CrossoverUnits ? [] : await ReadMomentsAsync(cancellationToken).ConfigureAwait(false);
        var assembly = new DataAssembly(plan, script.Metrics, byDay);
        var quantiles = new Dictionary<int, IReadOnlyList<QuantileData>>();
        foreach (var metric in script.QuantileMetrics)
            quantiles[metric.Place] = await ReadQuantilesAsync(metric, assembly, cancellationToken).ConfigureAwait(false);

        progress?.Report(1);
        return new() { Counts = counts, Variants = assembly.Variants(crossovers, _caps, quantiles) };
    }

    private async Task<EventCounts> ReadTotalsAsync(CancellationToken cancellationToken)
    {
        var row = await QueryRowAsync(script.Totals!, cancellationToken).ConfigureAwait(false);
        return new() { Lines = row[0], UnknownTypes = row[1], InvalidEvents = row[2], Exposures = row[3], Outcomes = row[4] };
    }

    private async Task<EventCounts> ReadCountsAsync(EventCounts totals, CancellationToken cancellationToken)
    {
        var exposures = await QueryRowAsync(script.Exposures.Counts, cancellationToken).ConfigureAwait(false);
        var outcomes = await QueryRowAsync(script.Outcomes.Counts, cancellationToken).ConfigureAwait(false);
        return totals with
        {
            DuplicateExposures = exposures[0],
            ExposuresOfOtherExperiments = exposures[1],
            ExposuresOfOtherUnitKinds = exposures[2],
            ExposuresOfUnknownVariants = exposures[3],
            ExposuresOutsideWindow = exposures[4],
            ExposuresKept = exposures[5],
            Units = exposures[6],
            CrossoverUnits = exposures[7],
            DuplicateOutcomes = outcomes[0],
            OutcomesOfOtherUnitKinds = outcomes[1],
            OutcomesOfOtherMetrics = outcomes[2],
            OutcomesOfUnexposedUnits = outcomes[3],
            OutcomesOfCrossoverUnits = outcomes[4],
            OutcomesBeforeExposure = outcomes[5],
            OutcomesAfterWindow = outcomes[6],
            OutcomesKept = outcomes[7],
            OutcomesUsedAsCovariate = outcomes[8],
        };
    }

    // Without values there is nothing to cap, and the parameter is set all the same: later queries name it.
    private async Task ReadCapsAsync(CancellationToken cancellationToken)
    {
        foreach (var metric in script.Winsorized)
        {
            var rows = await QueryAsync(script.Moments.Cap(metric), cancellationToken).ConfigureAwait(false);
            if (rows.Count > 0)
                _caps[metric.Place] = rows[0][2] ?? 0;
            script.Parameters.Set(MomentSql.CapName(metric), _caps.GetValueOrDefault(metric.Place, double.MaxValue));
        }
    }

    private async Task<IReadOnlyList<double?[]>> ReadMomentsAsync(CancellationToken cancellationToken)
    {
        if (script.MetricsOfUnits.Any())
        {
            var centers = (await QueryAsync(script.Moments.Centers, cancellationToken).ConfigureAwait(false))[0];
            foreach (var (column, center) in script.Moments.Centered.Zip(centers))
                script.Parameters.Set(MomentSql.CenterName(column), center ?? 0);
        }
        foreach (var metric in script.MetricsOfUnits)
        {
            var rows = await QueryAsync(script.Moments.MostCommon(metric), cancellationToken).ConfigureAwait(false);
            script.Parameters.Set(MomentSql.MostCommonName(metric), rows[0][0] ?? 0);
        }
        return await QueryAsync(script.Moments.ByDay, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<QuantileData>> ReadQuantilesAsync(MetricSql metric, DataAssembly assembly, CancellationToken cancellationToken)
    {
        var quantiles = new QuantileAssembly(metric, assembly.UnitsByVariant);
        quantiles.TakeValues(await QueryAsync(script.Quantiles.Values(metric), cancellationToken).ConfigureAwait(false), script.Parameters);
        quantiles.TakeClusters(await QueryAsync(script.Quantiles.Clusters(metric), cancellationToken).ConfigureAwait(false), script.Parameters);
        quantiles.TakeOuter(await QueryAsync(script.Quantiles.Outer(metric), cancellationToken).ConfigureAwait(false));
        return quantiles.Results;
    }

    private async Task<long[]> QueryRowAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(statement, cancellationToken).ConfigureAwait(false);
        return [.. rows[0].Select(number => (long)(number ?? 0))];
    }

    private async Task ExecuteAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        await engine.ExecuteAsync(statement, script.Parameters, cancellationToken).ConfigureAwait(false);
        progress?.Report((double)++_done / (_steps + 1));
    }

    private async Task<IReadOnlyList<double?[]>> QueryAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        var rows = await engine.QueryAsync(statement, script.Parameters, cancellationToken).ConfigureAwait(false);
        progress?.Report((double)++_done / (_steps + 1));
        return rows;
    }
}
