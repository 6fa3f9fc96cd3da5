using MathNet.Numerics;

namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The chi-squared distribution.</summary>
internal static class ChiSquaredDistribution
{
    /// <summary>Returns P(X &gt; x), with its relative accuracy down to 1e-300.</summary>
    public static double UpperTail(double x, int degrees) => x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degrees / 2.0, x / 2);
}
