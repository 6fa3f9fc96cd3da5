namespace ProgressiveDelivery.Sdk.Analysis.Validation;

/// <summary>Collects the faults of a plan, and throws them together.</summary>
internal sealed class PlanValidator
{
    private readonly List<string> _faults = [];

    /// <summary>Returns unless the plan has a fault.</summary>
    /// <exception cref="ExperimentPlanException">The plan has faults; the exception lists all of them.</exception>
    public static void ThrowIfInvalid(ExperimentPlan plan)
    {
        var faults = Validate(plan);
        if (faults.Count > 0)
            throw new ExperimentPlanException(faults);
    }

    /// <summary>Returns the faults, in the order of the plan.</summary>
    public static IReadOnlyList<string> Validate(ExperimentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var validator = new PlanValidator();
        validator.CheckNames(plan);
        validator.CheckVariants(plan.Variants);
        validator.CheckPeriod(plan);
        validator.CheckMetrics(plan);
        validator.CheckSettings(plan);
        return validator._faults;
    }

    private void CheckNames(ExperimentPlan plan)
    {
        Require(!string.IsNullOrEmpty(plan.Experiment), "The plan has no experiment. Give the key that exposures carry.");
        Require(!string.IsNullOrEmpty(plan.UnitKind), "The plan has no unit kind. Give the attribute that names the unit in the events, such as 'targetingKey'.");
    }

    private void CheckVariants(IReadOnlyList<PlannedVariant> variants)
    {
        Require(variants.Count >= 2, $"The plan has {variants.Count} variants. Give the control and at least one treatment.");
        Require(variants.All(variant => !string.IsNullOrEmpty(variant.Key)), "A variant has no key. Give the key that exposures carry.");
        foreach (var key in Repeated(variants.Select(variant => variant.Key)))
            _faults.Add($"Variant '{key}' is in the plan twice. Keep one of them.");
        foreach (var variant in variants.Where(variant => !double.IsFinite(variant.Weight) || variant.Weight < 0))
            _faults.Add($"Variant '{variant.Key}': the weight {Text(variant.Weight)} is not a number of 0 or more. Give the planned share of the traffic.");
        Require(variants.Count == 0 || variants.Any(variant => variant.Weight != 0), "All weights are 0. Give the planned shares of the traffic.");
    }

    private void CheckPeriod(ExperimentPlan plan)
    {
        Require(plan.Start >= DateTimeOffset.UnixEpoch, $"The start {plan.Start:O} is before 1970. Give the time when the experiment started.");
        Require(plan.End > plan.Start, $"The end {plan.End:O} is not after the start {plan.Start:O}. Give a later end.");
        Require(plan.OutcomeWindow > TimeSpan.Zero, $"The outcome window {plan.OutcomeWindow} is not above zero. Give the time within which outcomes count.");
        Require(plan.CovariateWindow >= TimeSpan.Zero, $"The covariate window {plan.CovariateWindow} is negative. Give the time before the first exposure as a positive one.");
        Require(
            plan.CovariateWindow != TimeSpan.Zero || !plan.Metrics.Any(metric => metric.UseCovariate),
            "The covariate window is zero, but a metric uses a covariate. Give a window, or set UseCovariate to false.");
    }

    private void CheckMetrics(ExperimentPlan plan)
    {
        var primary = plan.Metrics.Where(metric => metric.Role == MetricRole.Primary).Select(metric => $"'{metric.Key}'").ToList();
        Require(primary.Count > 0, "No metric is primary. Set the role of the one that decides to Primary.");
        Require(primary.Count < 2, $"The metrics {string.Join(" and ", primary)} are all primary. Keep one that decides, and make the others secondary or guardrails.");
        Require(plan.Metrics.All(metric => !string.IsNullOrEmpty(metric.Key)), "A metric has no key. Give one that is unique in the plan.");
        foreach (var key in Repeated(plan.Metrics.Select(metric => metric.Key)))
            _faults.Add($"Metric '{key}' is in the plan twice. Give each metric a key of its own.");
        foreach (var metric in plan.Metrics)
            MetricValidator.Validate(metric, plan.OutcomeWindow, _faults);
    }

    private void CheckSettings(ExperimentPlan plan)
    {
        Require(plan.Mode is AnalysisMode.Sequential or AnalysisMode.FixedHorizon, $"The mode {plan.Mode} is unknown. Use Sequential or FixedHorizon.");
        Require(plan.Alpha is > 0 and < 1, $"Alpha {Text(plan.Alpha)} is not between 0 and 1. The usual value is 0.05.");
        Require(plan.SampleRatioAlpha is > 0 and < 1, $"The alpha of the split, {Text(plan.SampleRatioAlpha)}, is not between 0 and 1. The usual value is 0.001.");
        Require(plan.IntendedUnits is null or >= 2, $"{plan.IntendedUnits} intended units are too few for two variants. Give the planned number, or null.");
        Require(plan.SmallestEffect is null or (> 0 and < double.PositiveInfinity), $"The smallest effect {Text(plan.SmallestEffect)} is not above 0. Give a relative change such as 0.01, or null.");
        Require(plan.MaxCrossoverShare is >= 0 and <= 1, $"The share of crossovers {Text(plan.MaxCrossoverShare)} is not from 0 to 1. The usual value is 0.005.");
    }

    private void Require(bool holds, string fault)
    {
        if (!holds)
            _faults.Add(fault);
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> keys) =>
        keys.GroupBy(key => key, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);

    private static string Text(double? number) => FormattableString.Invariant($"{number}");
}
