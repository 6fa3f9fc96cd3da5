using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Statistics;

/// <summary>Worked examples of the literature, to the digits that are printed there.</summary>
public sealed class PublishedExamplesTests
{
    // Student 1908, "The probable error of a mean": extra hours of sleep with two drugs.
    private static readonly double[] FirstDrug = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    private static readonly double[] SecondDrug = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    // Benjamini and Hochberg 1995, section 4.1: the trial of thrombolysis by Neuhaus and others 1992.
    private static readonly double[] Thrombolysis =
        [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000];

    // The documentation of R, ?t.test: t.test(extra ~ group, data = sleep). R subtracts the second group from the first.
    [Fact]
    public void WelchTestOfSleepDataIsThatOfR()
    {
        var result = WelchTest.Compare(SampleOf(SecondDrug), SampleOf(FirstDrug), 0.05).Value!;

        Math.Round(result.Statistic, 4).Should().Be(-1.8608);
        Math.Round(result.DegreesOfFreedom, 3).Should().Be(17.776);
        Math.Round(result.PValue, 5).Should().Be(0.07939);
        Math.Round(result.Low, 7).Should().Be(-3.3654832);
        Math.Round(result.High, 7).Should().Be(0.2054832);
    }

    // Newcombe 1998, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17, table II, method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void DifferencesOfProportionsAreThoseOfNewcombe(long events, long units, long controlEvents, long controlUnits, double low, double high)
    {
        var result = ProportionTest.Compare(new(controlUnits, controlEvents), new(units, events), 0.05).Value!;

        Math.Round(result.Low, 4).Should().Be(low);
        Math.Round(result.High, 4).Should().Be(high);
    }

    // Newcombe 1998, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void IntervalsOfOneProportionAreThoseOfWilson(long events, long units, double low, double high)
    {
        var interval = WilsonInterval.Of(new(units, events), NormalDistribution.UpperQuantile(0.025));

        Math.Round(((double)events / units) - interval.Below, 4).Should().Be(low);
        Math.Round(((double)events / units) + interval.Above, 4).Should().Be(high);
    }

    [Fact]
    public void ThrombolysisRejectsAsManyAsBenjaminiAndHochberg()
    {
        // The paper: four by the false discovery rate, three by the family-wise error rate.
        MultipleComparisons.BenjaminiHochberg(Thrombolysis, 0.05).Value!.Rejected.Count(rejected => rejected).Should().Be(4);
        MultipleComparisons.Holm(Thrombolysis, 0.05).Value!.Rejected.Count(rejected => rejected).Should().Be(3);
    }

    // The documentation of stdlib, @stdlib/stats/padjust.
    [Fact]
    public void AdjustedPValuesAreThoseOfStdlib()
    {
        double[] pValues = [0.319, 0.201, 0.4, 0.374, 0.113];

        var holm = MultipleComparisons.Holm(pValues, 0.05).Value!.Adjusted;
        var rate = MultipleComparisons.BenjaminiHochberg([0.008, 0.03, 0.123, 0.6, 0.2], 0.05).Value!.Adjusted;

        (Math.Round(holm[0], 3), Math.Round(holm[1], 3), Math.Round(holm[3], 3), Math.Round(holm[4], 3)).Should().Be((0.957, 0.804, 0.957, 0.565));
        rate.Select(value => Math.Round(value, 3)).Should().Equal(0.04, 0.075, 0.205, 0.6, 0.25);
    }

    // Kohavi, Tang, Xu 2020, "Trustworthy online controlled experiments", chapter 3: 821,588 and 815,482 users, p = 1.8E-6.
    [Fact]
    public void SampleRatioMismatchIsThatOfKohavi()
    {
        var result = SampleRatioChiSquared.Compare([821_588, 815_482], [1, 1]).Value!;

        result.PValue.ToString("E1", System.Globalization.CultureInfo.InvariantCulture).Should().Be("1.8E-006");
        result.IsMismatch.Should().BeTrue();
    }

    // The documentation of R, ?power.prop.test (the formula of Fleiss, Levin, Paik 2003): power = 0.740 with 50 per group; n = 76.7 for a power of 0.90.
    [Fact]
    public void PowerOfProportionsIsThatOfR()
    {
        Math.Round(PowerAnalysis.ProportionPower(0.5, 0.25, 50, new()).Value!.Power, 3).Should().Be(0.740);
        Math.Round(PowerAnalysis.ProportionSize(0.5, 0.25, new() { Power = 0.9 }).Value!.Exact, 1).Should().Be(76.7);
    }

    // Lehr 1992: 16 s²/d² per group, for alpha 0.05 and power 0.8; rounded up from 15.7.
    [Fact]
    public void SizeOfMeansIsLehrsRule()
    {
        var size = PowerAnalysis.MeanSize(1, 1, 1, new()).Value!;

        Math.Round(size.Exact, 1).Should().Be(15.7);
        (size.Control, size.Treatment, size.Total).Should().Be((16, 16, 32));
    }

    // Waudby-Smith and others 2024, theorem 2.2, in the letters of the paper.
    [Fact]
    public void ConfidenceSequenceIsThatOfThePaper()
    {
        var (time, sigma, alpha) = (2_500.0, 3.0, 0.05);
        var result = ConfidenceSequence.Mean(new(2_500, 1, sigma * sigma), new() { Intended = 10_000, Alpha = alpha }).Value!;
        var rhoSquared = result.RhoSquared;

        var boundary = sigma * Math.Sqrt(
            2 * ((time * rhoSquared) + 1) / (time * time * rhoSquared) * Math.Log(Math.Sqrt((time * rhoSquared) + 1) / alpha));
        result.High.Should().BeApproximately(1 + boundary, 1e-13);
        result.Low.Should().BeApproximately(1 - boundary, 1e-13);
    }

    private static Sample SampleOf(double[] values)
    {
        var mean = values.Average();
        return new(values.Length, mean, values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
