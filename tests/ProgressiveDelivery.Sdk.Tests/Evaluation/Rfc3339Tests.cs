using System.Globalization;
using CsCheck;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

public class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-06-01T12:00:00Z", "2026-06-01T12:00:00.0000000")]
    [InlineData("2026-06-01T14:00:00+02:00", "2026-06-01T12:00:00.0000000")]
    [InlineData("2026-06-01T06:30:00-05:30", "2026-06-01T12:00:00.0000000")]
    [InlineData("2026-06-01T12:00:00-00:00", "2026-06-01T12:00:00.0000000")]
    [InlineData("2026-06-01T12:00:00.5Z", "2026-06-01T12:00:00.5000000")]
    [InlineData("2026-06-01T12:00:00.1234567Z", "2026-06-01T12:00:00.1234567")]
    [InlineData("2026-06-01T12:00:00.12345678999999999999Z", "2026-06-01T12:00:00.1234567")]
    [InlineData("2028-02-29T00:00:00Z", "2028-02-29T00:00:00.0000000")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999")]
    [InlineData("2026-06-01T00:30:00+23:59", "2026-05-31T00:31:00.0000000")]
    public void DateTimeWithOffsetIsAnInstant(string text, string utc)
    {
        Rfc3339.TryParse(text, out var ticks).Should().BeTrue();

        new DateTime(ticks).ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture).Should().Be(utc);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2026-06-01")]
    [InlineData("2026-06-01T12:00:00")]
    [InlineData("2026-06-01T12:00Z")]
    [InlineData("2026-06-01 12:00:00Z")]
    [InlineData("2026-06-01t12:00:00Z")]
    [InlineData("2026-06-01T12:00:00z")]
    [InlineData(" 2026-06-01T12:00:00Z")]
    [InlineData("2026-06-01T12:00:00Z ")]
    [InlineData("2026-06-01T12:00:00.Z")]
    [InlineData("2026-06-01T12:00:00,5Z")]
    [InlineData("2026-06-01T12:00:00.5")]
    [InlineData("2026-06-01T12:00:00+02")]
    [InlineData("2026-06-01T12:00:00+0200")]
    [InlineData("2026-06-01T12:00:00+24:00")]
    [InlineData("2026-06-01T12:00:00+02:60")]
    [InlineData("2026-02-30T00:00:00Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-00-01T00:00:00Z")]
    [InlineData("2026-01-00T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2026-06-01T24:00:00Z")]
    [InlineData("2026-06-01T12:60:00Z")]
    [InlineData("2026-06-01T12:00:61Z")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("+026-06-01T12:00:00Z")]
    [InlineData("20 6-06-01T12:00:00Z")]
    [InlineData("2026-1\0-01T12:00:00Z")]
    [InlineData("2026-06-01T12:00:00Z\0")]
    [InlineData("٢٠٢٦-٠٦-٠١T١٢:٠٠:٠٠Z")]
    public void AnythingElseIsNone(string text) => Rfc3339.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("2016-12-31T23:59:60Z", true)]
    [InlineData("2016-12-31T23:59:60.7Z", true)]
    [InlineData("2017-01-01T00:59:60+01:00", true)]
    [InlineData("2016-12-31T23:58:60Z", false)]
    [InlineData("2016-12-31T12:59:60Z", false)]
    public void LeapSecondIsTheMidnightThatFollows(string text, bool isOne)
    {
        Rfc3339.TryParse(text, out var ticks).Should().Be(isOne);

        if (isOne)
            ticks.Should().Be(new DateTime(2017, 1, 1).Ticks);
    }

    [Fact]
    public void EveryInstantIsReadAsItIsWritten() => Gen.Long[0, DateTime.MaxValue.Ticks].Sample(ticks =>
    {
        Rfc3339.TryParse(new DateTime(ticks).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture), out var read).Should().BeTrue();

        read.Should().Be(ticks);
    });

    [Fact]
    public void NoTextThrows() => Gen.String[Gen.Char["0129-+:.TZ\0"], 0, 30].Sample(text => { _ = Rfc3339.TryParse(text, out _); });

    [Fact]
    public void ReadingAllocatesNothing()
    {
        const string text = "2026-06-01T14:00:00.25+02:00";

        Allocated.By(static () => _ = Rfc3339.TryParse(text, out _)).Should().Be(0);
    }
}
