namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The checks that all methods share, in their order (statistics.md, section 0).</summary>
internal static class InputChecks
{
    /// <summary>Checks alpha and numbers of units.</summary>
    public static Fault? Units(double alpha, ReadOnlySpan<long> units, long min = 2)
    {
        if (!IsShare(alpha))
            return Fault.BadArgument;
        var fault = (Fault?)null;
        foreach (var count in units)
        {
            if (count < 0)
                return Fault.BadArgument;
            if (count < min)
                fault = Fault.Units;
        }

        return fault;
    }

    /// <summary>Checks that all numbers are finite, and that no variance is negative.</summary>
    public static Fault? Numbers(ReadOnlySpan<double> values, ReadOnlySpan<double> variances)
    {
        if (!AreFinite(values) || !AreFinite(variances))
            return Fault.NotFinite;
        foreach (var variance in variances)
        {
            if (variance < 0)
                return Fault.BadArgument;
        }

        return null;
    }

    /// <summary>Checks alpha and two samples.</summary>
    public static Fault? Samples(double alpha, Sample control, Sample treatment) =>
        Units(alpha, [control.Units, treatment.Units]) ?? Numbers([control.Mean, treatment.Mean], [control.Variance, treatment.Variance]);

    /// <summary>Returns true for a number above 0 and below 1.</summary>
    public static bool IsShare(double value) => value is > 0 and < 1;

    public static bool AreFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
                return false;
        }

        return true;
    }

    /// <summary>Returns a variance that was formed as a difference, 0 if no more than rounding is left of it.</summary>
    public static double VarianceOrZero(double difference, double firstTerm) => difference <= 1e-12 * firstTerm ? 0 : difference;
}
