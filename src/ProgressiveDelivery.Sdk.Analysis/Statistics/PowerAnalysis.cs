namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// Size, power, smallest effect and duration of a comparison with the control (Fleiss, Levin, Paik 2003, chapter 4; Lehr 1992). The normal distribution stands in
/// for Student's, and the far tail is left out. Thread-safe.
/// </summary>
public static class PowerAnalysis
{
    private const double MaxCount = 9_007_199_254_740_992;

    /// <summary>Returns the units that find a difference of means.</summary>
    /// <param name="controlDeviation">The standard deviation of the control.</param>
    /// <param name="treatmentDeviation">The standard deviation of the treatment.</param>
    /// <param name="effect">The absolute difference of the means; not 0.</param>
    /// <param name="settings">The settings.</param>
    /// <returns>The size; or the reason for none.</returns>
    public static StatisticalResult<SampleSize> MeanSize(double controlDeviation, double treatmentDeviation, double effect, PowerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var fault = PowerChecks.Settings(settings) ?? PowerChecks.Deviations(controlDeviation, treatmentDeviation) ?? PowerChecks.Effect(effect, isZeroAllowed: false);
        if (fault is { } found)
            return found.As<SampleSize>();
        var error = UnitError(controlDeviation, treatmentDeviation, settings);
        return error == 0 ? Fault.ZeroVariance.As<SampleSize>() : Size(PowerQuantiles.Of(settings).Sum * error / effect, settings);
    }

    /// <summary>Returns the smallest difference of means that a size finds.</summary>
    /// <param name="controlDeviation">The standard deviation of the control.</param>
    /// <param name="treatmentDeviation">The standard deviation of the treatment.</param>
    /// <param name="controlUnits">The units of the control, at least 2.</param>
    /// <param name="settings">The settings.</param>
    /// <returns>The effect; or the reason for none.</returns>
    public static StatisticalResult<DetectableEffect> MeanEffect(
        double controlDeviation, double treatmentDeviation, long controlUnits, PowerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if ((PowerChecks.Units(settings, controlUnits) ?? PowerChecks.Settings(settings) ?? PowerChecks.Deviations(controlDeviation, treatmentDeviation)) is { } fault)
            return fault.As<DetectableEffect>();
        var error = UnitError(controlDeviation, treatmentDeviation, settings);
        if (error == 0)
            return Fault.ZeroVariance.As<DetectableEffect>();
        var effect = PowerQuantiles.Of(settings).Sum * error / Math.Sqrt(controlUnits);
        return double.IsFinite(effect) ? StatisticalResult<DetectableEffect>.Ok(new(effect)) : Fault.NotFinite.As<DetectableEffect>();
    }

    /// <summary>Returns the chance that a size finds a difference of means.</summary>
    /// <param name="controlDeviation">The standard deviation of the control.</param>
    /// <param name="treatmentDeviation">The standard deviation of the treatment.</param>
    /// <param name="effect">The absolute difference of the means.</param>
    /// <param name="controlUnits">The units of the control, at least 2.</param>
    /// <param name="settings">The settings.</param>
    /// <returns>The power; or the reason for none.</returns>
    public static StatisticalResult<AchievedPower> MeanPower(
        double controlDeviation, double treatmentDeviation, double effect, long controlUnits, PowerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var fault = PowerChecks.Units(settings, controlUnits) ?? PowerChecks.Settings(settings with { Power = 0.5 })
            ?? PowerChecks.Deviations(controlDeviation, treatmentDeviation) ?? PowerChecks.Effect(effect, isZeroAllowed: true);
        if (fault is { } found)
            return found.As<AchievedPower>();
        var error = UnitError(controlDeviation, treatmentDeviation, settings);
        return error == 0 ? Fault.ZeroVariance.As<AchievedPower>() : Power(Math.Abs(effect) / error * Math.Sqrt(controlUnits) - PowerQuantiles.Of(settings).Alpha);
    }

    /// <summary>Returns the units that find a difference of proportions.</summary>
    /// <param name="baseline">The proportion of the control, from 0 to 1.</param>
    /// <param name="effect">The absolute difference of the proportions; not 0.</param>
    /// <param name="settings">The settings.</param>
    /// <returns>The size; or the reason for none.</returns>
    public static StatisticalResult<SampleSize> ProportionSize(double baseline, double effect, PowerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if ((PowerChecks.Settings(settings) ?? PowerChecks.Proportions(baseline, effect, isZeroAllowed: false)) is { } fault)
            return fault.As<SampleSize>();
        var ((alpha, power), errors) = (PowerQuantiles.Of(settings), ProportionErrors.Of(baseline, effect, settings.Allocation));
        return Size(((alpha * errors.Pooled) + (power * errors.Separate)) / effect, settings);
    }

    /// <summary>Returns the smallest rise of a proportion that a size finds.</summary>
    /// <param name="baseline">The proportion of the control, from 0 to 1.</param>
    /// <param name="controlUnits">The units of the control, at least 2.</param>
    /// <param name="settings">The settings.</param>
    /// <returns>The effect; <c>n</c> if no rise has the power.</returns>
    public static StatisticalResult<DetectableEffect> ProportionEffect(double baseline, long controlUnits, PowerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if ((PowerChecks.Units(settings, controlUnits) ?? PowerChecks.Settings(settings) ?? PowerChecks.Proportions(baseline, 0, isZeroAllowed: true)) is { } fault)
            return fault.As<DetectableEffect>();
        var (alpha, power) = PowerQuantiles.Of(settings);
        var (low, high) = (0.0, 1 - baseline);
        if (high == 0 || !IsFound(high))
            return Fault.Units.As<DetectableEffect>();
        while (true)
        {
            var middle = low + ((high - low) / 2);
            if (middle == low || middle == high)
                return StatisticalResult<DetectableEffect>.Ok(new(high));
            (low, high) = IsFound(middle) ? (low, middle) : (middle, high);
        }

        bool IsFound(double effect)
        {
            var errors = ProportionErrors.Of(baseline, effect, settings.Allocation);
            return Math.Sqrt(controlUnits) * effect >= (alpha * errors.Pooled) + (power * errors.Separate);
        }
    }

    /// <summary>Returns the chance that a size finds a difference of proportions.</summary>
    /// <param name="baseline">The proportion of the control, from 0 to 1.</param>
    /// <param name="effect">The absolute difference of the proportions.</param>
    /// <param name="controlUnits">The units of the control, at least 2.</param>
    /// <param name="settings">The settings.</param>
    /// <returns>The power; or the reason for none.</returns>
    public static StatisticalResult<AchievedPower> ProportionPower(double baseline, double effect, long controlUnits, PowerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var fault = PowerChecks.Units(settings, controlUnits) ?? PowerChecks.Settings(settings with { Power = 0.5 }) ?? PowerChecks.Proportions(baseline, effect, isZeroAllowed: true);
        if (fault is { } found)
            return found.As<AchievedPower>();
        var errors = ProportionErrors.Of(baseline, effect, settings.Allocation);
        return errors.Separate == 0
            ? StatisticalResult<AchievedPower>.Ok(new(1))
            : Power(((Math.Sqrt(controlUnits) * Math.Abs(effect)) - (PowerQuantiles.Of(settings).Alpha * errors.Pooled)) / errors.Separate);
    }

    /// <summary>Returns the days until enough units have come.</summary>
    /// <param name="total">The units that are needed, 0 or more.</param>
    /// <param name="unitsPerDay">The new units per day, above 0.</param>
    /// <param name="share">The share of them in the experiment, above 0 and at most 1.</param>
    /// <returns>The days, not rounded up to weeks; or the reason for none.</returns>
    public static StatisticalResult<ExperimentDuration> Duration(long total, double unitsPerDay, double share = 1)
    {
        if (total < 0 || !(unitsPerDay > 0) || !double.IsFinite(unitsPerDay) || !(share is > 0 and <= 1))
            return Fault.BadArgument.As<ExperimentDuration>();
        var days = RoundUp(total / (unitsPerDay * share));
        return days <= MaxCount ? StatisticalResult<ExperimentDuration>.Ok(new((long)days)) : Fault.BadArgument.As<ExperimentDuration>();
    }

    // The standard error of the difference times the root of the control's units.
    private static double UnitError(double controlDeviation, double treatmentDeviation, PowerSettings settings) =>
        Math.Sqrt((controlDeviation * controlDeviation) + (treatmentDeviation * treatmentDeviation / settings.Allocation));

    private static StatisticalResult<SampleSize> Size(double root, PowerSettings settings)
    {
        var exact = root * root;
        var (control, treatment) = (Math.Max(2, RoundUp(exact)), Math.Max(2, RoundUp(exact * settings.Allocation)));
        return control + treatment <= MaxCount
            ? StatisticalResult<SampleSize>.Ok(new(exact, (long)control, (long)treatment, (long)control + (long)treatment))
            : Fault.BadArgument.As<SampleSize>();
    }

    private static StatisticalResult<AchievedPower> Power(double quantile) =>
        double.IsNaN(quantile) ? Fault.NotFinite.As<AchievedPower>() : StatisticalResult<AchievedPower>.Ok(new(NormalDistribution.UpperTail(-quantile)));

    // What is no more than rounding above a whole number is not rounded up.
    private static double RoundUp(double value) => Math.Max(0, Math.Ceiling(value - 1e-9));
}
