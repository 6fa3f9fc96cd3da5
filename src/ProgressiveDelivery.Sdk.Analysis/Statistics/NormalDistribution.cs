namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The standard normal distribution. Tails keep their relative accuracy, about 1e-13, down to the smallest doubles.</summary>
internal static class NormalDistribution
{
    private const double InverseRootOfTwoPi = 0.39894228040143267794;

    // Up to here the series loses no more than two digits of the tail; from here on 60 steps of the fraction are exact to a double.
    private const double FractionFrom = 2.5;
    private const int FractionSteps = 60;

    /// <summary>Returns P(Z &gt; z).</summary>
    public static double UpperTail(double z) =>
        z < 0 ? 1 - UpperTail(-z)
        : z < FractionFrom ? 0.5 - Central(z)
        : Density(z) * MillsRatio(z);

    /// <summary>Returns the z with P(Z &gt; z) = <paramref name="tail"/>, for a tail below 1; infinity for a tail of 0.</summary>
    public static double UpperQuantile(double tail) =>
        tail == 0 ? double.PositiveInfinity
        : tail > 0.5 ? -UpperQuantile(1 - tail)
        : tail >= 0.01 ? CentralQuantile(0.5 - tail)
        : TailQuantile(tail);

    private static double Density(double z) => InverseRootOfTwoPi * Math.Exp(-0.5 * z * z);

    // P(0 < Z < z): all terms are positive (Abramowitz and Stegun 26.2.11).
    private static double Central(double z)
    {
        var (term, sum, square) = (z, z, z * z);
        for (var odd = 3; term > sum * 1e-17; odd += 2)
        {
            term *= square / odd;
            sum += term;
        }

        return Density(z) * sum;
    }

    // Tail over density, by Laplace's continued fraction (Abramowitz and Stegun 26.2.14).
    private static double MillsRatio(double z)
    {
        var fraction = z;
        for (var step = FractionSteps; step > 0; step--)
            fraction = z + (step / fraction);
        return 1 / fraction;
    }

    // The function is concave, so that Newton's steps from the left never pass the root.
    private static double CentralQuantile(double probability)
    {
        var z = 0.0;
        for (var i = 0; i < 60; i++)
        {
            var step = (probability - Central(z)) / Density(z);
            z += step;
            if (!(Math.Abs(step) > 1e-16 * z))
                break;
        }

        return z;
    }

    // The logarithm of the tail is concave, and the start is an upper bound: Newton's steps fall to the root.
    private static double TailQuantile(double tail)
    {
        var log = Math.Log(tail);
        var z = Math.Sqrt(-2 * (log + Math.Log(2)));
        for (var i = 0; i < 60; i++)
        {
            var mills = z < FractionFrom ? UpperTail(z) / Density(z) : MillsRatio(z);
            var step = (Math.Log(mills * InverseRootOfTwoPi) - (0.5 * z * z) - log) * mills;
            z += step;
            if (!(Math.Abs(step) > 1e-16 * z))
                break;
        }

        return z;
    }
}
