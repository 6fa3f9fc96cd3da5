namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The checks of a power analysis.</summary>
internal static class PowerChecks
{
    public static Fault? Units(PowerSettings settings, long controlUnits) => InputChecks.Units(settings.Alpha, [controlUnits]);

    public static Fault? Settings(PowerSettings settings) =>
        InputChecks.IsShare(settings.Alpha) && InputChecks.IsShare(settings.Power) && settings.Comparisons >= 1
        && settings.Allocation > 0 && double.IsFinite(settings.Allocation) && PowerQuantiles.Of(settings).Sum is > 0 and < double.PositiveInfinity
            ? null
            : Fault.BadArgument;

    public static Fault? Deviations(double control, double treatment) =>
        control >= 0 && treatment >= 0 && double.IsFinite(control) && double.IsFinite(treatment) ? null : Fault.BadArgument;

    public static Fault? Effect(double effect, bool isZeroAllowed) =>
        double.IsFinite(effect) && (isZeroAllowed || effect != 0) ? null : Fault.BadArgument;

    public static Fault? Proportions(double baseline, double effect, bool isZeroAllowed) =>
        baseline is >= 0 and <= 1 && baseline + effect is >= 0 and <= 1 ? Effect(effect, isZeroAllowed) : Fault.BadArgument;
}
