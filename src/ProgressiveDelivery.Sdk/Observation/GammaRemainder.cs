namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>The remainder of Stirling's formula for ln Γ(x): a small number that keeps its digits where ln Γ(x) itself has lost them.</summary>
internal static class GammaRemainder
{
    // From here on the series is exact to the last digit of a double.
    private const double SeriesFrom = 12;

    /// <summary>Returns ln Γ(x) - ((x - 1/2) ln x - x + ln(2π)/2), for x above 0.</summary>
    public static double Of(double x)
    {
        var sum = 0.0;
        for (; x < SeriesFrom; x++)
            sum += ((x + 0.5) * LogOfNextRatio(x)) - 1;
        return sum + Series(x);
    }

    /// <summary>Returns ln(1 + x) to full precision also where x is small. <c>double.LogP1</c> adds first, and loses the digits of x.</summary>
    public static double LogOfOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : sum > 2 || sum < 0.5 ? Math.Log(sum) : Math.Log(sum) * (x / (sum - 1));
    }

    private static double LogOfNextRatio(double x) => x < 1 ? Math.Log(x + 1) - Math.Log(x) : LogOfOnePlus(1 / x);

    private static double Series(double x)
    {
        var inverse = 1 / x;
        var square = inverse * inverse;
        return inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680) - (square * ((1.0 / 1188) - (square * (691.0 / 360360)))))))))));
    }
}
