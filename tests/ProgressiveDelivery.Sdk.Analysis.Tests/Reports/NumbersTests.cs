using System.Globalization;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports;

/// <summary>Spaces are written as they are read: <c>_</c> is a no-break space, <c>'</c> the narrow one between thousands.</summary>
public sealed class NumbersTests
{
    [Theory]
    [InlineData(0.0911, "+9.1_%")]
    [InlineData(-0.0221, "−2.2_%")]
    [InlineData(0.0004, "0.0_%")]
    [InlineData(-0.0004, "0.0_%")]
    [InlineData(0.0005, "+0.1_%")]
    [InlineData(12.345678, "+1'234.6_%")]
    [InlineData(double.PositiveInfinity, "–")]
    [InlineData(double.NaN, "–")]
    public void ChangeHasItsSignAndOneDecimal(double value, string expected) => Numbers.Change(value).Should().Be(Spaced(expected));

    [Theory]
    [InlineData(0.0452, "4.52_%")]
    [InlineData(0.00084, "0.084_%")]
    [InlineData(0.0000412, "0.0041_%")]
    [InlineData(0.333333, "33.3_%")]
    [InlineData(0.09996, "10.0_%")]
    [InlineData(0.1, "10.0_%")]
    [InlineData(0, "0_%")]
    [InlineData(1, "100_%")]
    [InlineData(double.NaN, "–")]
    public void RateHasThreeSignificantDigits(double value, string expected) => Numbers.Rate(value).Should().Be(Spaced(expected));

    [Theory]
    [InlineData(1.874, "1.87")]
    [InlineData(0.01234, "0.0123")]
    [InlineData(99.96, "100")]
    [InlineData(1234567.8, "1'234'568")]
    [InlineData(-3, "−3.00")]
    [InlineData(0, "0.00")]
    [InlineData(double.NegativeInfinity, "–")]
    public void AmountHasThreeSignificantDigits(double value, string expected) => Numbers.Amount(value).Should().Be(Spaced(expected));

    [Theory]
    [InlineData(0.0002, "p_=_0.0002")]
    [InlineData(0.00023, "p_=_0.0002")]
    [InlineData(0.03, "p_=_0.03")]
    [InlineData(0.048, "p_=_0.048")]
    [InlineData(0.34, "p_=_0.34")]
    [InlineData(1, "p_=_1.00")]
    [InlineData(0.00009999, "p_<_0.0001")]
    [InlineData(0, "p_<_0.0001")]
    [InlineData(double.NaN, "–")]
    public void PValueIsNeverWrittenAsZero(double value, string expected) => Numbers.P(value).Should().Be(Spaced(expected));

    [Theory]
    [InlineData(413206, "413'206")]
    [InlineData(999, "999")]
    [InlineData(0, "0")]
    public void CountHasNarrowSpaces(long value, string expected) => Numbers.Count(value).Should().Be(Spaced(expected));

    [Theory]
    [InlineData(0.95, "95_%")]
    [InlineData(0.98333, "98.3_%")]
    public void LevelIsShort(double value, string expected) => Numbers.Level(value).Should().Be(Spaced(expected));

    [Theory]
    [InlineData(3.8, "+3.8")]
    [InlineData(-0.911, "−0.9")]
    [InlineData(0.0123, "+0.0123")]
    [InlineData(0, "0.0")]
    public void ShortAmountHasOneDecimal(double value, string expected) => Numbers.SignedShort(value).Should().Be(expected);

    [Fact]
    public void MissingNumberIsADash() => new[] { Numbers.Change(null), Numbers.Rate(null), Numbers.Amount(null), Numbers.P(null), Numbers.SignedAmount(null) }.Should().AllBe("–");

    [Fact]
    public void CultureDoesNotMatter()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Numbers.Change(-1234.5).Should().Be(Spaced("−123'450.0_%"));
            Dates.DayOfYear(new DateOnly(2026, 12, 1)).Should().Be(Spaced("1_Dec_2026"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("€", 2.614, "€_2.61", "+€_2.61")]
    [InlineData("ms", 312.4, "312_ms", "+312_ms")]
    [InlineData(null, 1.874, "1.87", "+1.87")]
    public void ValueHasTheUnitOfItsMetric(string? unit, double value, string expected, string difference)
    {
        var metric = new Metric { Key = "m", Kind = MetricKind.Mean, Outcomes = new("m"), Unit = unit };

        metric.Value(value).Should().Be(Spaced(expected));
        metric.Difference(value).Should().Be(Spaced(difference));
        metric.Value(double.NaN).Should().Be("–");
    }

    [Fact]
    public void DifferenceOfSharesIsInPoints() =>
        new Metric { Key = "m", Kind = MetricKind.Conversion, Outcomes = new("m") }.Difference(-0.0038).Should().Be(Spaced("−0.380_points"));

    [Fact]
    public void RunningExperimentNamesItsDay()
    {
        var plan = SomeReports.Ship().Plan;

        Dates.Progress(plan, plan.Start.AddDays(8)).Should().Be("day 9 of 21");
        Dates.Progress(plan, plan.End).Should().Be("21 days");
        Dates.Progress(plan, plan.Start.AddDays(-1)).Should().Be("not started, 21 days planned");
        Dates.Period(plan).Should().Be(Spaced("2_Nov – 22_Nov_2026"));
        Dates.Period(plan with { End = plan.End.AddMinutes(552) }).Should().Be("2 Nov 2026, 00:00 UTC – 23 Nov 2026, 09:12 UTC");
    }

    private static string Spaced(string text) => text.Replace('_', '\u00A0').Replace('\'', '\u202F');
}
