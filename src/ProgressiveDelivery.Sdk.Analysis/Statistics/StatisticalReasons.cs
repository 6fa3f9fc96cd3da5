namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The codes of the reasons why a method has no result.</summary>
public static class StatisticalReasons
{
    /// <summary>An argument is out of its range.</summary>
    public const string BadArgument = "bad-argument";

    /// <summary>Too few units.</summary>
    public const string Units = "n";

    /// <summary>An input is infinite or not a number.</summary>
    public const string NotFinite = "not-finite";

    /// <summary>All values are equal.</summary>
    public const string ZeroVariance = "zero-variance";

    /// <summary>The control's mean is 0 or negative, so that a relative change misleads.</summary>
    public const string BaselineNotPositive = "baseline-not-positive";

    /// <summary>The control's mean is too uncertain for a relative change.</summary>
    public const string BaselineUnstable = "baseline-unstable";

    /// <summary>The denominator's mean is 0 or negative.</summary>
    public const string DenominatorNotPositive = "denominator-not-positive";

    /// <summary>The denominator's mean is too uncertain for a ratio.</summary>
    public const string DenominatorUnstable = "denominator-unstable";

    /// <summary>There are too few outcomes for the interval of a quantile.</summary>
    public const string LevelOutOfRange = "level-out-of-range";

    /// <summary>There are too few units, or too few that differ from the most common value, for a sequential interval.</summary>
    public const string BurnIn = "burn-in";

    /// <summary>A variant expects fewer than five units.</summary>
    public const string ExpectedCount = "expected-count";

    /// <summary>A variant that has no weight has units.</summary>
    public const string CountInZeroWeightArm = "count-in-zero-weight-arm";
}
