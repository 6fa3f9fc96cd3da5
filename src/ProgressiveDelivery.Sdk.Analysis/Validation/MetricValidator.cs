namespace ProgressiveDelivery.Sdk.Analysis.Validation;

/// <summary>Collects the faults of one metric of a plan.</summary>
internal readonly struct MetricValidator
{
    private readonly Metric _metric;
    private readonly List<string> _faults;

    private MetricValidator(Metric metric, List<string> faults) => (_metric, _faults) = (metric, faults);

    public static void Validate(Metric metric, TimeSpan outcomeWindow, List<string> faults)
    {
        var validator = new MetricValidator(metric, faults);
        validator.CheckEnums();
        validator.CheckSelection(metric.Outcomes, "outcomes");
        validator.CheckKind();
        validator.CheckWinsorizing();
        validator.CheckWindow(outcomeWindow);
        validator.CheckMargin();
    }

    private void CheckEnums()
    {
        Require(Enum.IsDefined(_metric.Kind), $"the kind {_metric.Kind} is unknown. Use a kind of MetricKind.");
        Require(Enum.IsDefined(_metric.Role), $"the role {_metric.Role} is unknown. Use a role of MetricRole.");
        Require(Enum.IsDefined(_metric.Direction), $"the direction {_metric.Direction} is unknown. Use a direction of MetricDirection.");
    }

    private void CheckSelection(OutcomeSelection selection, string name)
    {
        Require(!string.IsNullOrEmpty(selection.Metric), $"the {name} have no metric. Give the name that outcomes carry.");
        Require(Enum.IsDefined(selection.Aggregation), $"the aggregation {selection.Aggregation} of the {name} is unknown. Use Sum or Count.");
        Require(selection.MinValue is null || double.IsFinite(selection.MinValue.Value), $"the least value of the {name} is not finite. Use null for no limit.");
        Require(selection.MaxValue is null || double.IsFinite(selection.MaxValue.Value), $"the greatest value of the {name} is not finite. Use null for no limit.");
        Require(
            !(selection.MinValue > selection.MaxValue),
            $"the least value {Text(selection.MinValue)} of the {name} is above the greatest, {Text(selection.MaxValue)}. No outcome can count; swap them.");
        Require(selection.Attributes.All(attribute => attribute.Key.Length > 0 && attribute.Value is not null), $"an attribute of the {name} has no name or no text. Give both, or leave it out.");
    }

    private void CheckKind()
    {
        var isRatio = _metric.Kind == MetricKind.Ratio;
        Require(!isRatio || _metric.Denominator is not null, "a ratio needs a denominator. Give the outcomes to divide by.");
        Require(isRatio || _metric.Denominator is null, $"only a ratio has a denominator, and this is a {_metric.Kind}. Leave it out, or make the metric a Ratio.");
        if (_metric.Denominator is not null)
            CheckSelection(_metric.Denominator, "denominator");

        var isQuantile = _metric.Kind == MetricKind.Quantile;
        Require(!isQuantile || _metric.Level is > 0 and < 1, $"the level {Text(_metric.Level)} of the quantile is not between 0 and 1. Give one such as 0.95.");
        Require(isQuantile || _metric.Level is null, $"only a quantile has a level, and this is a {_metric.Kind}. Leave it out, or make the metric a Quantile.");
        Require(
            !_metric.UseCovariate || !(isRatio || isQuantile),
            $"a {_metric.Kind} cannot use a covariate: it is not a mean per unit. Set UseCovariate to false.");
    }

    private void CheckWinsorizing()
    {
        Require(_metric.Winsorize is null or (> 0 and < 1), $"the percentile {Text(_metric.Winsorize)} to winsorize at is not between 0 and 1. Give one such as 0.999, or null.");
        Require(
            _metric.Winsorize is null || _metric.Kind is MetricKind.Mean or MetricKind.Count,
            $"a {_metric.Kind} cannot be winsorized; only a Mean or a Count can. Leave Winsorize out.");
        Require(!_metric.WinsorizeNonZero || _metric.Winsorize is not null, "WinsorizeNonZero needs a percentile. Give Winsorize one, or set it to false.");
    }

    private void CheckWindow(TimeSpan outcomeWindow)
    {
        var end = _metric.WindowEnd ?? outcomeWindow;
        Require(_metric.WindowStart >= TimeSpan.Zero, $"the window starts {_metric.WindowStart} before the exposure. Give zero or more; what comes earlier is a covariate.");
        Require(
            end > _metric.WindowStart,
            $"the window ends at {end}, and starts at {_metric.WindowStart}. Give it a later WindowEnd{(_metric.WindowEnd is null ? "; without one it ends as the plan's" : "")}.");
    }

    private void CheckMargin()
    {
        var hasBoth = _metric.Margin is not null && _metric.AbsoluteMargin is not null;
        var hasNone = _metric.Margin is null && _metric.AbsoluteMargin is null;
        var isGuardrail = _metric.Role == MetricRole.Guardrail;
        Require(!isGuardrail || !hasNone, "a guardrail needs a margin. Give the harm that it allows, as Margin or AbsoluteMargin.");
        Require(!hasBoth, "it has both a Margin and an AbsoluteMargin. Keep one.");
        Require(isGuardrail || hasNone, $"only a guardrail has a margin, and this is {_metric.Role}. Leave it out, or make the metric a Guardrail.");
        Require(_metric.Margin is null or (>= 0 and < 1), $"the margin {Text(_metric.Margin)} is not from 0 to below 1. Give a share of the control's value, such as 0.1.");
        Require(_metric.AbsoluteMargin is null or (>= 0 and < double.PositiveInfinity), $"the absolute margin {Text(_metric.AbsoluteMargin)} is not 0 or more. Give an amount.");
    }

    private void Require(bool holds, string fault)
    {
        if (!holds)
            _faults.Add($"Metric '{_metric.Key}': {fault}");
    }

    private static string Text(double? number) => number is null ? "null" : FormattableString.Invariant($"{number}");
}
