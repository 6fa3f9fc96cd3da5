using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// The test of sample ratio mismatch that holds however often it looks (Lindon and Malek 2022, section 3). The chance that it ever reports a mismatch where there
/// is none is at most alpha. Assumes that each unit counts once and is assigned independently. Not safe to use from several threads.
/// </summary>
public sealed class SequentialSampleRatio
{
    /// <summary>The default concentration: 1000.</summary>
    public const double DefaultConcentration = 1_000;

    private readonly double[] _weights;
    private readonly SampleRatioTest? _test;

    /// <summary>Creates a test that has not looked yet. Errors in the arguments are reported by the looks.</summary>
    /// <param name="weights">The weight of each variant, 0 or more, in any unit.</param>
    /// <param name="concentration">The concentration of the prior, above 0: 100 finds large faults first, 10,000 small ones.</param>
    /// <param name="alpha">The chance of a false alarm, above 0 and below 1.</param>
    public SequentialSampleRatio(
        IReadOnlyList<double> weights, double concentration = DefaultConcentration, double alpha = SampleRatioChiSquared.DefaultAlpha)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _weights = VariantWeights.Scaled(weights);
        _test = SampleRatioTest.TryCreate(_weights, concentration, alpha);
    }

    /// <summary>Looks at the counts so far.</summary>
    /// <param name="counts">The units of each variant since the test began; they never fall.</param>
    /// <returns>
    /// The evidence, with the reason <c>count-in-zero-weight-arm</c> if a variant without weight has units. <c>bad-argument</c> if an argument is out of its
    /// range or a count has fallen; the test is then as before.
    /// </returns>
    public StatisticalResult<SampleRatioEvidence> Look(IReadOnlyList<long> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (_test is null || !VariantWeights.AreValid(counts, _weights) || VariantWeights.Arms(counts, _weights).Length < 2 || !_test.Look([.. counts]))
            return Fault.BadArgument.As<SampleRatioEvidence>();
        if (double.IsNaN(_test.LogE) || double.IsNaN(_test.PValue))
            return Fault.NotFinite.As<SampleRatioEvidence>();
        return StatisticalResult<SampleRatioEvidence>.Ok(
            new(_test.LogE, _test.PValue, _test.IsMismatch), double.IsPositiveInfinity(_test.LogE) ? StatisticalReasons.CountInZeroWeightArm : null);
    }
}
