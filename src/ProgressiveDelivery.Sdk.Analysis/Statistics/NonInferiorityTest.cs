namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// The one-sided test that a treatment is not worse than a margin allows (Schuirmann 1987). A relative margin is tested as a linear contrast, without an unstable
/// denominator (Hauschke and others 1999). For guardrails, which are not adjusted for their number. Thread-safe.
/// </summary>
public static class NonInferiorityTest
{
    /// <summary>Tests at one look.</summary>
    /// <param name="control">The control.</param>
    /// <param name="treatment">The treatment.</param>
    /// <param name="direction">The direction that is good.</param>
    /// <param name="margin">The harm that is allowed.</param>
    /// <param name="alpha">The one-sided chance of error, above 0 and below 1.</param>
    /// <returns>The result; or the reason for none.</returns>
    public static StatisticalResult<NonInferiorityResult> Compare(
        Sample control, Sample treatment, MetricDirection direction, NonInferiorityMargin margin, double alpha = 0.05)
    {
        var fault = InputChecks.Samples(alpha, control, treatment) ?? NonInferiorityContrast.Check(direction, margin, control.Mean);
        if (fault is { } found)
            return found.As<NonInferiorityResult>();
        var slack = new NonInferiorityContrast(direction, margin);
        var contrast = MeanContrast.Of(slack.Of(control.Mean, treatment.Mean), treatment, control, slack.ControlFactor);
        if (contrast.StandardError == 0)
            return Fault.ZeroVariance.As<NonInferiorityResult>();

        var distribution = new StudentDistribution(contrast.DegreesOfFreedom);
        var (statistic, bound) = (contrast.Statistic, contrast.Estimate - (distribution.UpperQuantile(alpha) * contrast.StandardError));
        if (!InputChecks.AreFinite([contrast.Estimate, contrast.StandardError, statistic, bound]))
            return Fault.NotFinite.As<NonInferiorityResult>();
        var pValue = distribution.UpperTail(statistic);
        var verdict = pValue <= alpha ? NonInferiorityVerdict.NonInferior
            : distribution.UpperTail(-statistic) <= alpha ? NonInferiorityVerdict.Inferior
            : NonInferiorityVerdict.Inconclusive;
        return StatisticalResult<NonInferiorityResult>.Ok(
            new(contrast.Estimate, contrast.StandardError, contrast.DegreesOfFreedom, statistic, pValue, bound, verdict));
    }

    /// <summary>
    /// Returns a confidence sequence of the slack, the distance to the margin, for looking again and again. A lower end above 0 rules out more harm than the
    /// margin; an upper end below 0 proves it.
    /// </summary>
    /// <param name="control">The control.</param>
    /// <param name="treatment">The treatment.</param>
    /// <param name="direction">The direction that is good.</param>
    /// <param name="margin">The harm that is allowed.</param>
    /// <param name="settings">The settings of the sequence.</param>
    /// <returns>The interval of the slack; or the reason for none.</returns>
    public static StatisticalResult<SequenceInterval> Sequence(
        ArmEstimate control, ArmEstimate treatment, MetricDirection direction, NonInferiorityMargin margin, SequenceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(settings);
        var fault = SequenceChecks.Arms(control, treatment, settings) ?? NonInferiorityContrast.Check(direction, margin, control.Value);
        if (fault is { } found)
            return found.As<SequenceInterval>();
        var slack = new NonInferiorityContrast(direction, margin);
        var controlError = control.StandardError * slack.ControlFactor;
        return MixtureBoundary.Of(settings, (double)control.Units + treatment.Units).Around(
            slack.Of(control.Value, treatment.Value), Math.Sqrt((treatment.StandardError * treatment.StandardError) + (controlError * controlError)));
    }
}
