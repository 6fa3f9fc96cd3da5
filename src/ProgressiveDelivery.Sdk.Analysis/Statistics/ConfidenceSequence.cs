namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// The asymptotic confidence sequence: an interval that holds at all looks together (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas 2024, theorem 2.2 and its
/// one-sided form), tuned as in Howard, Ramdas, McAuliffe, Sekhon 2021, section 3.5. It waits for <see cref="SequenceSettings.StartAt"/> units in each arm, and, where
/// it is known, for a minority of 100: rare events looked at earlier are wrong too often. For alpha below 0.01 with heavy tails, winsorize first. Not for small
/// samples, for guards, or for an allocation that changes during the run. For proportions use <see cref="Proportion.ToSample"/>, for CUPED the adjusted samples.
/// Thread-safe.
/// </summary>
public static class ConfidenceSequence
{
    /// <summary>The minority that each arm needs where it is known: 100 units.</summary>
    public const long MinMinority = 100;

    /// <summary>Returns the interval of a mean.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="settings">The settings.</param>
    /// <returns>The interval; or the reason for none, such as <c>burn-in</c>.</returns>
    public static StatisticalResult<SequenceInterval> Mean(Sample sample, SequenceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var fault = InputChecks.Units(settings.Alpha, [sample.Units]) ?? InputChecks.Numbers([sample.Mean], [sample.Variance]) ?? SequenceChecks.Settings(settings)
            ?? SequenceChecks.Start(settings, ArmEstimate.Of(sample));
        return fault is { } found ? found.As<SequenceInterval>() : MixtureBoundary.Of(settings, sample.Units).Around(sample.Mean, Math.Sqrt(sample.MeanVariance));
    }

    /// <summary>Returns the interval of a difference of means.</summary>
    /// <param name="control">The control.</param>
    /// <param name="treatment">The treatment.</param>
    /// <param name="settings">The settings.</param>
    /// <returns>The interval; or the reason for none, such as <c>burn-in</c>.</returns>
    public static StatisticalResult<SequenceInterval> Difference(Sample control, Sample treatment, SequenceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return InputChecks.Samples(settings.Alpha, control, treatment) is { } fault
            ? fault.As<SequenceInterval>()
            : Difference(ArmEstimate.Of(control), ArmEstimate.Of(treatment), settings);
    }

    /// <summary>Returns the interval of a difference of estimates, such as ratios.</summary>
    /// <param name="control">The estimate of the control.</param>
    /// <param name="treatment">The estimate of the treatment.</param>
    /// <param name="settings">The settings.</param>
    /// <returns>The interval; or the reason for none, such as <c>burn-in</c>.</returns>
    public static StatisticalResult<SequenceInterval> Difference(ArmEstimate control, ArmEstimate treatment, SequenceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(settings);
        if (SequenceChecks.Arms(control, treatment, settings) is { } fault)
            return fault.As<SequenceInterval>();
        var error = Math.Sqrt((treatment.StandardError * treatment.StandardError) + (control.StandardError * control.StandardError));
        return MixtureBoundary.Of(settings, (double)control.Units + treatment.Units).Around(treatment.Value - control.Value, error);
    }

    /// <summary>Returns the interval of a relative uplift of means, with the standard error of the delta method.</summary>
    /// <param name="control">The control.</param>
    /// <param name="treatment">The treatment.</param>
    /// <param name="settings">The settings; <see cref="SequenceSettings.Null"/> is a relative uplift.</param>
    /// <returns>The interval; or the reason for none, such as <c>baseline-unstable</c>.</returns>
    public static StatisticalResult<SequenceInterval> RelativeUplift(Sample control, Sample treatment, SequenceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return InputChecks.Samples(settings.Alpha, control, treatment) is { } fault
            ? fault.As<SequenceInterval>()
            : RelativeUplift(ArmEstimate.Of(control), ArmEstimate.Of(treatment), settings);
    }

    /// <summary>Returns the interval of a relative uplift of estimates, such as ratios, with the standard error of the delta method.</summary>
    /// <param name="control">The estimate of the control.</param>
    /// <param name="treatment">The estimate of the treatment.</param>
    /// <param name="settings">The settings; <see cref="SequenceSettings.Null"/> is a relative uplift.</param>
    /// <returns>The interval; or the reason for none, such as <c>baseline-unstable</c>.</returns>
    public static StatisticalResult<SequenceInterval> RelativeUplift(ArmEstimate control, ArmEstimate treatment, SequenceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(settings);
        if (SequenceChecks.Arms(control, treatment, settings) is { } fault)
            return fault.As<SequenceInterval>();
        if (control.StandardError == 0 && treatment.StandardError == 0)
            return Fault.ZeroVariance.As<SequenceInterval>();

        var boundary = MixtureBoundary.Of(settings, (double)control.Units + treatment.Units);
        var change = new RelativeChange(control.Value, control.StandardError, treatment.Value, treatment.StandardError, boundary.Multiplier);
        return change.Fault is { } unstable ? unstable.As<SequenceInterval>() : boundary.Around(change.Estimate, change.DeltaError);
    }
}
