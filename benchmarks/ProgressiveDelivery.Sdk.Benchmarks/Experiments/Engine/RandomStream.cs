namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>The random numbers of one run: xoshiro256++ (Blackman and Vigna 2021), its state filled by SplitMix64. The same population and run give the same numbers.</summary>
internal sealed class RandomStream
{
    private const double Step = 1.0 / (1L << 53);

    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;
    private double? _spare;

    public RandomStream(string population, int run)
    {
        var seed = 14695981039346656037ul;   // FNV-1a, since a string's own hash differs from process to process.
        foreach (var letter in population)
            seed = (seed ^ letter) * 1099511628211ul;
        seed = Mix(seed) + (ulong)run;
        (_a, _b, _c, _d) = (Fill(ref seed), Fill(ref seed), Fill(ref seed), Fill(ref seed));
    }

    /// <summary>Returns a number of 0 or more and below 1.</summary>
    public double Share() => (Next() >> 11) * Step;

    /// <summary>Returns a number of the exponential distribution with mean 1.</summary>
    public double Exponential() => -Math.Log(((Next() >> 11) + 1) * Step);

    /// <summary>Returns a number of the standard normal distribution, by Marsaglia's polar method.</summary>
    public double Normal()
    {
        if (_spare is { } spare)
        {
            _spare = null;
            return spare;
        }

        double x, y, square;
        do
        {
            (x, y) = ((2 * Share()) - 1, (2 * Share()) - 1);
            square = (x * x) + (y * y);
        }
        while (square is 0 or >= 1);
        var factor = Math.Sqrt(-2 * Math.Log(square) / square);
        _spare = y * factor;
        return x * factor;
    }

    /// <summary>Returns the number of units that lie before the next one with an event.</summary>
    /// <param name="logOfOthers">The natural logarithm of the share of units without an event.</param>
    public long Gap(double logOfOthers) => (long)Math.Min(long.MaxValue / 4, -Exponential() / logOfOthers);

    private static ulong Fill(ref ulong seed) => Mix(seed += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private ulong Next()
    {
        var result = ulong.RotateLeft(_a + _d, 23) + _a;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }
}
