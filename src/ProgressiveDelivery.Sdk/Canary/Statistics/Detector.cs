namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>
/// An e-detector: it forgets what was good, and so finds a rise as fast after a good week as at once. Where nothing is wrong, it takes at least the threshold's number of steps
/// to an alarm on average, and the chance of one within n steps is at most n over the threshold (Shin, Ramdas and Rinaldo 2024, sections 2 and 3; statistics.md, section 15).
/// </summary>
internal sealed class Detector(DetectorKind kind, double threshold, int alternatives)
{
    // Never above it, so that no step meets infinity. A detector that is told less than the truth keeps its promise.
    private const double Ceiling = 1e307;

    private readonly double[] _evidence = new double[alternatives];
    private readonly double _threshold = GuardArguments.Above(1, threshold, nameof(threshold));
    private readonly DetectorKind _kind = Enum.IsDefined(kind) ? kind : throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind is unknown.");

    public double LogEvidence => Math.Log(Evidence);

    public double LogThreshold => Math.Log(_threshold);

    public bool IsAlarm => Evidence >= _threshold;

    private double Evidence
    {
        get
        {
            var sum = 0.0;
            foreach (var evidence in _evidence)
                sum += evidence / _evidence.Length;
            return sum;
        }
    }

    /// <summary>Takes one step with a factor of one alternative.</summary>
    public void Step(int alternative, double factor)
    {
        ref var evidence = ref _evidence[alternative];
        evidence = Math.Min(Ceiling, (_kind == DetectorKind.Cusum ? Math.Max(1, evidence) : 1 + evidence) * factor);
    }

    /// <summary>Takes as many steps of one factor below 1.</summary>
    /// <param name="alternative">The alternative.</param>
    /// <param name="logFactor">The natural logarithm of the factor g, below 0.</param>
    /// <param name="limit">The value that the evidence of Shiryaev and Roberts tends to, g / (1 - g). A caller knows it without the loss of digits of 1 - g.</param>
    /// <param name="count">The number of steps, above 0.</param>
    public void Repeat(int alternative, double logFactor, double limit, long count)
    {
        ref var evidence = ref _evidence[alternative];
        var kept = evidence * Math.Exp(count * logFactor);
        evidence = _kind == DetectorKind.Cusum
            ? Math.Max(kept, Math.Exp(logFactor))
            : kept - (ExpMinusOne(count * logFactor) * limit);
    }

    public void Reset() => Array.Clear(_evidence);

    // exp(x) - 1 to full precision also near 0, by Kahan's method. double.ExpM1 subtracts, and loses the digits of x.
    private static double ExpMinusOne(double x)
    {
        var power = Math.Exp(x);
        return power == 1 ? x : power - 1 == -1 ? -1 : (power - 1) * (x / Math.Log(power));
    }
}
