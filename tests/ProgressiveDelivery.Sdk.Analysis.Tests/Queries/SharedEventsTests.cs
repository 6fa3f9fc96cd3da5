using System.Text.Json;
using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Queries;
using ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries;

/// <summary>The published event file: every count, sum and variance that comes out of it.</summary>
public sealed class SharedEventsTests
{
    private const double Tolerance = 1e-12;

    [SharedEventsFact]
    public async Task EveryCountIsThePublishedOne()
    {
        var data = await new DuckDbEvents(SharedEvents.Lines).ReadAsync(SharedEvents.Plan);

        var counts = Figures.Of(data.Counts);
        foreach (var expected in SharedEvents.Expected.GetProperty("counts").EnumerateObject())
            counts[char.ToUpperInvariant(expected.Name[0]) + expected.Name[1..]].Should().Be(expected.Value.GetDouble(), expected.Name);
        counts.Should().HaveCount(SharedEvents.Expected.GetProperty("counts").EnumerateObject().Count());
    }

    [SharedEventsFact]
    public async Task EveryStatisticIsThePublishedOne()
    {
        var data = await new DuckDbEvents(SharedEvents.Lines).ReadAsync(SharedEvents.Plan);

        ShouldBePublished(data);
    }

    [SharedEventsFact]
    public async Task LinesThatAreNoEventsAreShown()
    {
        var data = await new DuckDbEvents(SharedEvents.Lines).ReadAsync(SharedEvents.Plan);

        data.Faults.Select(fault => (fault.Line, fault.Rule)).Should().Equal(
            (8384, EventFaultRule.InvalidLine), (8385, EventFaultRule.InvalidLine), (8386, EventFaultRule.InvalidLine), (8387, EventFaultRule.UnknownType),
            (8388, EventFaultRule.InvalidEvent), (8389, EventFaultRule.InvalidEvent), (8390, EventFaultRule.InvalidEvent), (8391, EventFaultRule.InvalidEvent),
            (8392, EventFaultRule.InvalidEvent), (8393, EventFaultRule.InvalidEvent), (8402, EventFaultRule.PartialLine));
        data.Faults[1].Should().Be(new EventFault(SharedEvents.Lines, 8385, EventFaultRule.InvalidLine, data.Faults[1].Reason, "not json at all"));
        data.Faults[4].Reason.Should().Be("'value' is not a finite number.");
        data.Faults[8].Reason.Should().Be("'unit' is empty.");
    }

    /// <summary>Fails unless data has the published numbers: sums to the last digit, variances to 1e-12.</summary>
    internal static void ShouldBePublished(ExperimentData data)
    {
        data.Variants[0].Metrics["winsorisedRevenue"].Cap.Should().Be(SharedEvents.Expected.GetProperty("winsoriseCap").GetDouble());
        foreach (var (variant, expected) in data.Variants.Zip(SharedEvents.Expected.GetProperty("variants").EnumerateArray()))
        {
            variant.Variant.Should().Be(expected.GetProperty("variant").GetString());
            variant.Units.Should().Be(expected.GetProperty("units").GetInt64());
            variant.Crossovers.Should().Be(expected.GetProperty("crossoverUnitsByFirstVariant").GetInt64());
            foreach (var metric in (string[])["revenue", "purchases", "conversion", "winsorisedRevenue"])
                ShouldBe(variant.Metrics[metric].Total!, expected.GetProperty(metric));
            ShouldBeCovariate(variant.Metrics["revenue"].Total!, expected.GetProperty("covariate"));
            ShouldBeRatio(variant.Metrics["basket"].Total!, expected.GetProperty("basket"));
            ShouldBeQuantile(variant.Metrics["latency"].Quantile!, expected.GetProperty("latency"));
        }
    }

    private static void ShouldBe(Moments actual, JsonElement expected)
    {
        actual.Units.Should().Be(expected.GetProperty("n").GetInt64());
        actual.Sum.Should().Be(Number(expected, "sum"));
        actual.SumOfSquares.Should().Be(Number(expected, "sumOfSquares"));
        Near(actual.Mean, Number(expected, "mean"));
        Near(actual.Variance, Number(expected, "variance"));
    }

    private static void ShouldBeCovariate(Moments actual, JsonElement expected)
    {
        actual.CovariateSum.Should().Be(Number(expected, "sum"));
        actual.CovariateSumOfSquares.Should().Be(Number(expected, "sumOfSquares"));
        Near(actual.CovariateVariance, Number(expected, "variance"));
        Near(actual.CovariateCovariance, Number(expected, "covariance"));
    }

    private static void ShouldBeRatio(Moments actual, JsonElement expected)
    {
        Near(actual.Mean, Number(expected, "meanNumerator"));
        Near(actual.DenominatorMean, Number(expected, "meanDenominator"));
        Near(actual.Variance, Number(expected, "varianceNumerator"));
        Near(actual.DenominatorVariance, Number(expected, "varianceDenominator"));
        Near(actual.DenominatorCovariance, Number(expected, "covariance"));
    }

    private static void ShouldBeQuantile(QuantileData actual, JsonElement expected)
    {
        var cluster = expected.GetProperty("cluster");
        actual.Outcomes.Should().Be(expected.GetProperty("outcomes").GetInt64());
        actual.Units.Should().Be(cluster.GetProperty("units").GetInt64());
        Near(actual.MeanCount, Number(cluster, "meanCount"));
        Near(actual.VarianceCount, Number(cluster, "varianceCount"));
        Near(actual.VarianceBelow, Number(cluster, "varianceBelow"));
        Near(actual.Covariance, Number(cluster, "covariance"));
        (actual.Lower, actual.Value, actual.Upper).Should().Be((Number(expected, "lower"), Number(expected, "value"), Number(expected, "upper")));
    }

    private static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();

    private static void Near(double actual, double expected) => actual.Should().BeApproximately(expected, Math.Abs(expected) * Tolerance);
}
