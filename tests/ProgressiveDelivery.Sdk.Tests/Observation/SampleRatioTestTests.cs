using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>The test for sample ratio mismatch that may look at any time. Its published vectors are in the conformance project.</summary>
public sealed class SampleRatioTestTests
{
    [Theory]
    [InlineData(0.05, 0.5, 0.5)]
    [InlineData(0.05, 0.9, 0.1)]
    [InlineData(0.05, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)]
    public void SoundExperimentRaisesAFalseAlarmAsSeldomAsDeclaredHoweverOftenItIsLookedAt(double alpha, params double[] shares)
    {
        const int Experiments = 600;
        var random = new Random(20_260_301);

        var alarms = Enumerable.Range(0, Experiments).Count(_ => UnitsUntilAlarm(shares, shares, alpha, 3_000, 10, random) is not null);

        alarms.Should().BeLessThan((int)(Experiments * alpha), "looking 300 times costs nothing");
        alarms.Should().BePositive("a test that never alarms would have no power either");
    }

    [Fact]
    public void SplitThatBreaksIsFoundSoonAndTheSoonerTheLargerTheFault()
    {
        var random = new Random(20_260_302);
        int[] Delays(double share) => [.. Enumerable.Range(0, 25).Select(_ => UnitsUntilAlarm([0.5, 0.5], [share, 1 - share], 0.001, 60_000, 50, random) ?? int.MaxValue).Order()];

        var (small, large) = (Delays(0.48), Delays(0.40));

        small[^1].Should().BeLessThan(40_000);
        small[12].Should().BeInRange(5_000, 15_000);
        large[12].Should().BeInRange(400, 1_500);
    }

    [Fact]
    public void CountsOfBillionsAndManyVariantsKeepTheirPrecision()
    {
        var test = SampleRatioTest.TryCreate([.. Enumerable.Repeat(1.0, 50)])!;

        test.Look([.. Enumerable.Repeat(20_000_000_000L, 50)]).Should().BeTrue();
        // From the textbook form of the formula, in 60 digits.
        test.LogE.Should().BeApproximately(-507.928245680748114, 1e-7);
        test.IsMismatch.Should().BeFalse();

        test.Look([.. Enumerable.Repeat(20_000_000_000L, 49), 20_010_000_000L]).Should().BeTrue();
        test.LogE.Should().BeApproximately(1941.655111067132745, 1e-6);
        test.PValue.Should().Be(0, "e^-1,941 is below the smallest number");
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-6)]
    public void TinyWeightIsNoMismatchUntilItHasUnits(double weight)
    {
        var test = SampleRatioTest.TryCreate([1, weight])!;

        test.Look([1_000_000, 0]).Should().BeTrue();
        test.LogE.Should().BeInRange(-1, 1.1, "a missing unit of one expected is no evidence");

        test.Look([1_000_000, 1_000]).Should().BeTrue();
        test.IsMismatch.Should().BeTrue();
        double.IsFinite(test.LogE).Should().BeTrue();
    }

    [Fact]
    public void VariantWithoutAWeightIsLeftOutUntilItHasAUnit()
    {
        var (with, without) = (SampleRatioTest.TryCreate([1, 0, 1])!, SampleRatioTest.TryCreate([1, 1])!);

        with.Look([60, 0, 40]);
        without.Look([60, 40]);
        with.LogE.Should().Be(without.LogE);

        with.Look([60, 1, 40]);
        with.IsMismatch.Should().BeTrue();
        with.PValue.Should().Be(0);
    }

    [Fact]
    public void MismatchStaysThoughTheCountsRecover()
    {
        var test = SampleRatioTest.TryCreate([1, 1])!;
        test.Look([400, 600]);
        var (worst, p) = (test.LogE, test.PValue);

        test.Look([100_000, 100_000]);

        test.LogE.Should().BeLessThan(worst);
        test.PValue.Should().Be(p).And.BeLessThan(0.001);
        test.IsMismatch.Should().BeTrue();
    }

    [Fact]
    public void CountsThatAreNotThoseOfTheVariantsChangeNothing()
    {
        var test = SampleRatioTest.TryCreate([1, 1])!;
        test.Look([50, 60]).Should().BeTrue();
        var before = test.LogE;

        test.Look([49, 100_000]).Should().BeFalse("counts never fall");
        test.Look([50, 60, 70]).Should().BeFalse();
        test.Look([-1, 60]).Should().BeFalse();

        test.LogE.Should().Be(before);
        test.IsMismatch.Should().BeFalse();
    }

    [Theory]
    [InlineData(1_000, 0.001, 1.0)]
    [InlineData(1_000, 0.001, 1.0, -1.0)]
    [InlineData(1_000, 0.001, 1.0, double.NaN)]
    [InlineData(1_000, 0.001, 1.0, double.PositiveInfinity)]
    [InlineData(1_000, 0.001, 0.0, 0.0)]
    [InlineData(1_000, 0.0, 1.0, 1.0)]
    [InlineData(1_000, 1.0, 1.0, 1.0)]
    [InlineData(1_000, double.NaN, 1.0, 1.0)]
    [InlineData(0, 0.001, 1.0, 1.0)]
    [InlineData(double.NaN, 0.001, 1.0, 1.0)]
    [InlineData(double.PositiveInfinity, 0.001, 1.0, 1.0)]
    public void BadArgumentMakesNoTest(double concentration, double alpha, params double[] weights) =>
        SampleRatioTest.TryCreate(weights, concentration, alpha).Should().BeNull();

    private static int? UnitsUntilAlarm(double[] weights, double[] shares, double alpha, int units, int step, Random random)
    {
        var test = SampleRatioTest.TryCreate(weights, alpha: alpha)!;
        var counts = new long[weights.Length];
        for (var n = 1; n <= units; n++)
        {
            counts[Draw(shares, random.NextDouble())]++;
            if (n % step == 0 && test.Look(counts) && test.IsMismatch)
                return n;
        }

        return null;
    }

    private static int Draw(double[] shares, double at)
    {
        for (var i = 0; i < shares.Length - 1; i++)
        {
            if ((at -= shares[i]) < 0)
                return i;
        }

        return shares.Length - 1;
    }
}
