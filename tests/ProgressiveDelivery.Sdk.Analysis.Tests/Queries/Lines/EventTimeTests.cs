using ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Lines;

public sealed class EventTimeTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("1970-01-01T00:00Z", 0)]
    [InlineData("1970-01-01T00:00:01.5Z", 1_500_000)]
    [InlineData("1970-01-01T00:00:00,000001999Z", 1)]
    [InlineData("1969-12-31T23:59:59.9999995Z", -1)]
    [InlineData("1970-01-01T01:30:00+01:30", 0)]
    [InlineData("1970-01-01T01:30:00+0130", 0)]
    [InlineData("1969-12-31T19:00:00-05", 0)]
    [InlineData("1970-01-01t00:00:00z", 0)]
    [InlineData("1969-12-31T23:59:60Z", 0)]
    [InlineData("2024-02-29T00:00:00Z", 1_709_164_800_000_000)]
    public void TimeWithZoneIsRead(string text, long expected)
    {
        EventTime.TryParse(text, out var microseconds).Should().BeTrue();

        microseconds.Should().Be(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("1970-01-01")]
    [InlineData("1970-01-01T00:00:00")]
    [InlineData("1970-01-01 00:00:00Z")]
    [InlineData("1970-01-01T24:00:00Z")]
    [InlineData("1970-01-01T00:60:00Z")]
    [InlineData("1970-01-01T00:00:61Z")]
    [InlineData("1970-01-01T00:00:00.Z")]
    [InlineData("1970-01-01T00:00:00+")]
    [InlineData("1970-01-01T00:00:00+1")]
    [InlineData("1970-01-01T00:00:00+01:")]
    [InlineData("1970-01-01T00:00:00+01:3")]
    [InlineData("1970-01-01T00:00:00+24:00")]
    [InlineData("1970-01-01T00:00:00ZZ")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("19700101T000000Z")]
    [InlineData("1970-01-01T00:00:0\u0663Z")]
    public void OtherTextIsNoTime(string text) => EventTime.TryParse(text, out _).Should().BeFalse();
}
