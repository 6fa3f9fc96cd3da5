using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Tests.Json;

public sealed class DurationJsonTests
{
    [Theory]
    [InlineData("400ms", 4_000_000)]
    [InlineData("0.4s", 4_000_000)]
    [InlineData("5m", 3_000_000_000)]
    [InlineData("2h", 72_000_000_000)]
    [InlineData("1d", 864_000_000_000)]
    [InlineData("1.5d", 1_296_000_000_000)]
    [InlineData("0s", 0)]
    [InlineData("007s", 70_000_000)]
    [InlineData("0.0001ms", 1)]
    [InlineData("0.0000001s", 1)]
    [InlineData("10675199.1d", 9_223_372_022_400_000_000)]
    public void NumberAndUnitAreADuration(string text, long ticks)
    {
        DurationJson.TryParse(text, out var duration).Should().BeTrue();

        duration.Ticks.Should().Be(ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("ms")]
    [InlineData("5 s")]
    [InlineData(" 5s")]
    [InlineData("-5s")]
    [InlineData("+5s")]
    [InlineData("5S")]
    [InlineData("5w")]
    [InlineData("5us")]
    [InlineData(".5s")]
    [InlineData("5.s")]
    [InlineData("1.2.3s")]
    [InlineData("1e3s")]
    [InlineData("1,000s")]
    [InlineData("00:05:00")]
    [InlineData("1h30m")]
    [InlineData("٥s")]
    [InlineData("0.00000001s")]
    [InlineData("0.00001ms")]
    [InlineData("10675200d")]
    [InlineData("99999999999999999999999s")]
    [InlineData("99999999999999999999999999999999999s")]
    public void AnythingElseIsNone(string text) => DurationJson.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(4_000_000, "400ms")]
    [InlineData(15_000_000, "1500ms")]
    [InlineData(600_000_000, "1m")]
    [InlineData(864_000_000_000, "1d")]
    [InlineData(864_000_000_001, "86400.0000001s")]
    [InlineData(1, "0.0000001s")]
    public void DurationIsWrittenInItsLongestWholeUnit(long ticks, string text) => DurationJson.Format(new(ticks)).Should().Be(text);

    [Fact]
    public void EveryDurationIsReadBackAsItWas() => CsCheck.Check.Sample(CsCheck.Gen.Long[0, long.MaxValue], ticks =>
        DurationJson.TryParse(DurationJson.Format(new(ticks)), out var duration) && duration.Ticks == ticks, threads: 1);
}
