using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// Student's t distribution at real degrees of freedom of 1 and more, up to those that are normal. Tails keep their relative accuracy, about 1e-12.
/// MathNet.Numerics is not used here: it forms tails as 1 less the distribution function.
/// </summary>
internal readonly struct StudentDistribution
{
    // Below this square of t the series of the center converges fast, above it the fraction of the tail.
    private const double CenterSquare = 3;
    private const double HalfLogOfPi = 0.57236494292470008707;

    private readonly double _degrees;
    private readonly double _half;
    private readonly double _logConstant;

    /// <summary>Creates the distribution.</summary>
    /// <param name="degrees">The degrees of freedom, at least 1.</param>
    public StudentDistribution(double degrees)
    {
        (_degrees, _half) = (degrees, degrees / 2);

        // ln Γ(a + 1/2) - ln Γ(a) - ln(π)/2, without the difference of two large numbers.
        _logConstant = (0.5 * Math.Log(_half)) + (_half * GammaRemainder.LogOfOnePlus(0.5 / _half)) - 0.5
            + GammaRemainder.Of(_half + 0.5) - GammaRemainder.Of(_half) - HalfLogOfPi;
    }

    /// <summary>Returns P(T &gt; t).</summary>
    public double UpperTail(double t) =>
        t < 0 ? 1 - UpperTail(-t)
        : t * t < CenterSquare ? 0.5 - Central(t)
        : Math.Exp(LogTail(t).Log);

    /// <summary>Returns the t with P(T &gt; t) = <paramref name="tail"/>, for a tail below 1; infinity for a tail of 0.</summary>
    public double UpperQuantile(double tail) =>
        tail == 0 ? double.PositiveInfinity
        : tail > 0.5 ? -UpperQuantile(1 - tail)
        : tail >= UpperTail(Math.Sqrt(CenterSquare)) ? CentralQuantile(0.5 - tail)
        : TailQuantile(tail);

    // The function is concave, so that Newton's steps from the left never pass the root.
    private double CentralQuantile(double probability)
    {
        var t = 0.0;
        for (var i = 0; i < 60; i++)
        {
            var step = (probability - Central(t)) / Density(t);
            t += step;
            if (!(Math.Abs(step) > 1e-16 * t))
                break;
        }

        return t;
    }

    // The logarithm of the tail is concave in ln t: the first of Newton's steps may pass the root, and all others fall to it.
    private double TailQuantile(double tail)
    {
        var (target, log) = (Math.Log(tail), Math.Log(Math.Max(Math.Sqrt(CenterSquare), NormalDistribution.UpperQuantile(tail))));
        for (var i = 0; i < 60; i++)
        {
            var (value, fraction) = LogTail(Math.Exp(log));
            var step = (value - target) * fraction / 2;
            log += step;
            if (!(Math.Abs(step) > 1e-16 * Math.Max(1, log)))
                break;
        }

        return Math.Exp(log);
    }

    private double Density(double t)
    {
        var square = t / _degrees * t;
        return Math.Exp(_logConstant - ((_half + 0.5) * GammaRemainder.LogOfOnePlus(square))) / Math.Sqrt(_degrees);
    }

    // P(0 < T < t) by the series of the incomplete beta function, whose terms are all positive (DLMF 8.17.8).
    private double Central(double t)
    {
        var square = t / _degrees * t;
        var y = square / (1 + square);
        var (term, sum) = (1.0, 1.0);
        for (var i = 0; term > sum * 1e-17; i++)
        {
            term *= (_half + 0.5 + i) / (1.5 + i) * y;
            sum += term;
        }

        return Math.Exp(_logConstant - (_half * GammaRemainder.LogOfOnePlus(square))) * Math.Sqrt(y) * sum;
    }

    // ln P(T > t), and the fraction in it: twice its inverse is the slope of the logarithm in ln t.
    private (double Log, double Fraction) LogTail(double t)
    {
        var root = t / Math.Sqrt(_degrees);
        var square = root * root;
        var logOfSum = root < 1 ? GammaRemainder.LogOfOnePlus(square) : (2 * Math.Log(root)) + GammaRemainder.LogOfOnePlus(1 / square);
        var (x, y) = (1 / (1 + square), 1 / (1 + (1 / square)));
        var fraction = Fraction(x, y);
        return (_logConstant - (_half * logOfSum) + Math.Log(0.5 * Math.Sqrt(y) * fraction), fraction);
    }

    // The continued fraction of Didonato and Morris 1992 (TOMS 708, BFRAC) for b = 1/2. It takes 1 - x by itself, and so keeps its digits at millions of degrees of freedom.
    private double Fraction(double x, double y)
    {
        var lambda = (_half * y) - (0.5 * x);
        var (numerator, denominator) = (1.0, _half / (_half + 1) * (lambda + 1));
        var (lastNumerator, lastDenominator, value) = (0.0, 1.0, 1 / denominator);
        for (var n = 1; n <= 1000; n++)
        {
            var odd = _half + (2 * n) - 1;
            var alpha = (_half + n - 1) / odd * ((_half + n - 0.5) / odd) * n * (0.5 - n) * x * x;
            var beta = n + (n * (0.5 - n) * x / odd) + ((_half + n) / (odd + 2) * (lambda + 1 + (n * (1 + y))));
            var (nextNumerator, nextDenominator) = ((beta * numerator) + (alpha * lastNumerator), (beta * denominator) + (alpha * lastDenominator));
            (lastNumerator, lastDenominator) = (numerator / nextDenominator, denominator / nextDenominator);
            (numerator, denominator) = (nextNumerator / nextDenominator, 1);
            var change = Math.Abs(numerator - value);
            value = numerator;
            if (change <= 1e-16 * value)
                break;
        }

        return value;
    }
}
