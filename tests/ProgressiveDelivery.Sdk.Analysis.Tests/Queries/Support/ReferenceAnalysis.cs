using ProgressiveDelivery.Sdk.Analysis.Data;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>The rules read aloud: a second, slow implementation without SQL. Lines must be ended; only their JSON may be wrong.</summary>
internal sealed class ReferenceAnalysis
{
    private readonly ExperimentPlan _plan;
    private readonly List<TableRow> _outcomes = [];
    private readonly Dictionary<string, (DateTimeOffset Time, string Variant, bool IsCrossover)> _units = new(StringComparer.Ordinal);
    private EventCounts _counts = new();

    private ReferenceAnalysis(ExperimentPlan plan) => _plan = plan;

    public static ExperimentData Read(IEnumerable<string> lines, ExperimentPlan plan)
    {
        var analysis = new ReferenceAnalysis(plan);
        var rows = analysis.Validate(lines);
        analysis.TakeExposures(rows.Where(row => row.Type == "exposure"));
        analysis.TakeOutcomes(rows.Where(row => row.Type == "outcome"));
        return new() { Counts = analysis._counts, Variants = analysis.Variants() };
    }

    private List<TableRow> Validate(IEnumerable<string> lines)
    {
        var all = lines.Where(line => line.Trim().Length > 0).Select((line, i) => TableRow.Parse(line, i)).ToList();
        var objects = all.OfType<TableRow>().ToList();
        var known = objects.Where(row => row.Type is "exposure" or "outcome").ToList();
        var valid = known.Where(IsValid).ToList();
        _counts = _counts with
        {
            Lines = all.Count,
            InvalidLines = all.Count - objects.Count,
            UnknownTypes = objects.Count - known.Count,
            InvalidEvents = known.Count - valid.Count,
            Exposures = valid.Count(row => row.Type == "exposure"),
            Outcomes = valid.Count(row => row.Type == "outcome"),
        };
        return valid;
    }

    private static bool IsValid(TableRow row)
    {
        string?[] texts = row.Type == "exposure" ? [row.Id, row.Unit, row.UnitKind, row.Flag, row.Experiment, row.Variant] : [row.Id, row.Unit, row.UnitKind, row.Metric];
        return texts.All(text => !string.IsNullOrEmpty(text)) && row.Time is not null && (row.Type == "exposure" || row.Value is not null);
    }

    private void TakeExposures(IEnumerable<TableRow> rows)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<TableRow>();
        foreach (var row in rows)
        {
            if (!seen.Add(row.Id!))
                _counts = _counts with { DuplicateExposures = _counts.DuplicateExposures + 1 };
            else if (row.Experiment != _plan.Experiment)
                _counts = _counts with { ExposuresOfOtherExperiments = _counts.ExposuresOfOtherExperiments + 1 };
            else if (row.UnitKind != _plan.UnitKind)
                _counts = _counts with { ExposuresOfOtherUnitKinds = _counts.ExposuresOfOtherUnitKinds + 1 };
            else if (_plan.Variants.All(variant => variant.Key != row.Variant))
                _counts = _counts with { ExposuresOfUnknownVariants = _counts.ExposuresOfUnknownVariants + 1 };
            else if (row.Time < _plan.Start || row.Time >= _plan.End)
                _counts = _counts with { ExposuresOutsideWindow = _counts.ExposuresOutsideWindow + 1 };
            else
                kept.Add(row);
        }
        foreach (var unit in kept.GroupBy(row => row.Unit!, StringComparer.Ordinal))
        {
            var first = unit.OrderBy(row => row.Time).ThenBy(row => row.Id, StringComparer.Ordinal).First();
            _units[unit.Key] = (first.Time!.Value, first.Variant!, unit.Select(row => row.Variant).Distinct().Count() > 1);
        }
        _counts = _counts with { ExposuresKept = kept.Count, Units = _units.Count, CrossoverUnits = _units.Values.Count(unit => unit.IsCrossover) };
    }

    private void TakeOutcomes(IEnumerable<TableRow> rows)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var ends = _plan.Metrics.Where(metric => Takes(metric.Outcomes, row) || (metric.Denominator is not null && Takes(metric.Denominator, row)))
                .Select(metric => metric.WindowEnd ?? _plan.OutcomeWindow).ToList();
            if (!seen.Add(row.Id!))
                _counts = _counts with { DuplicateOutcomes = _counts.DuplicateOutcomes + 1 };
            else if (row.UnitKind != _plan.UnitKind)
                _counts = _counts with { OutcomesOfOtherUnitKinds = _counts.OutcomesOfOtherUnitKinds + 1 };
            else if (ends.Count == 0)
                _counts = _counts with { OutcomesOfOtherMetrics = _counts.OutcomesOfOtherMetrics + 1 };
            else if (!_units.TryGetValue(row.Unit!, out var unit))
                _counts = _counts with { OutcomesOfUnexposedUnits = _counts.OutcomesOfUnexposedUnits + 1 };
            else if (unit.IsCrossover)
                _counts = _counts with { OutcomesOfCrossoverUnits = _counts.OutcomesOfCrossoverUnits + 1 };
            else
                Judge(row, row.Time!.Value - unit.Time, ends.Max());
        }
    }

    private void Judge(TableRow row, TimeSpan elapsed, TimeSpan end)
    {
        _outcomes.Add(row);
        if (elapsed >= end)
        {
            _counts = _counts with { OutcomesAfterWindow = _counts.OutcomesAfterWindow + 1 };
            return;
        }
        if (elapsed >= TimeSpan.Zero)
        {
            _counts = _counts with { OutcomesKept = _counts.OutcomesKept + 1 };
            return;
        }
        _counts = _counts with { OutcomesBeforeExposure = _counts.OutcomesBeforeExposure + 1 };
        if (elapsed >= -_plan.CovariateWindow && _plan.Metrics.Any(metric => metric.UseCovariate && Takes(metric.Outcomes, row)))
            _counts = _counts with { OutcomesUsedAsCovariate = _counts.OutcomesUsedAsCovariate + 1 };
    }

    private static bool Takes(OutcomeSelection selection, TableRow row) =>
        row.Metric == selection.Metric && !(row.Value < selection.MinValue) && !(row.Value > selection.MaxValue)
        && selection.Attributes.All(attribute => row.Attributes.TryGetValue(attribute.Key, out var text) && text == attribute.Value);

    private List<VariantData> Variants()
    {
        var metrics = _plan.Metrics.ToDictionary(metric => metric.Key, metric => ReferenceMetric.Compute(metric, _plan, Units(metric)), StringComparer.Ordinal);
        return [.. _plan.Variants.Select(variant => new VariantData
        {
            Variant = variant.Key,
            Units = _units.Values.Count(unit => unit.Variant == variant.Key && !unit.IsCrossover),
            Crossovers = _units.Values.Count(unit => unit.Variant == variant.Key && unit.IsCrossover),
            UnitsByDay = _units.Values.Where(unit => unit.Variant == variant.Key && !unit.IsCrossover)
                .GroupBy(unit => DateOnly.FromDateTime(unit.Time.UtcDateTime)).ToDictionary(day => day.Key, day => day.LongCount()),
            Metrics = metrics.ToDictionary(metric => metric.Key, metric => metric.Value[variant.Key], StringComparer.Ordinal),
        })];
    }

    private List<ReferenceUnit> Units(Metric metric)
    {
        var outcomes = _outcomes.ToLookup(row => row.Unit!, StringComparer.Ordinal);
        var (from, to) = (metric.WindowStart, metric.WindowEnd ?? _plan.OutcomeWindow);
        return [.. _units.Where(unit => !unit.Value.IsCrossover).Select(unit =>
        {
            var rows = outcomes[unit.Key].Select(row => (Row: row, Elapsed: row.Time!.Value - unit.Value.Time)).ToList();
            double[] Values(OutcomeSelection? selection, TimeSpan start, TimeSpan end) =>
                selection is null ? [] : [.. rows.Where(row => Takes(selection, row.Row) && row.Elapsed >= start && row.Elapsed < end).Select(row => row.Row.Value!.Value)];
            return new ReferenceUnit(
                unit.Value.Variant, DateOnly.FromDateTime(unit.Value.Time.UtcDateTime), Values(metric.Outcomes, from, to), Values(metric.Denominator, from, to),
                metric.UseCovariate ? Values(metric.Outcomes, -_plan.CovariateWindow, TimeSpan.Zero) : []);
        })];
    }
}
