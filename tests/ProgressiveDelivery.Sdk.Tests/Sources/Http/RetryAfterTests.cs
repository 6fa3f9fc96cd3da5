using System.Net;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Http;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("120", 120)]
    [InlineData("3601", 3600)]
    [InlineData("99999999999999999999", 3600)]
    [InlineData("Sun, 22 Nov 2026 10:00:30 GMT", 30)]
    [InlineData("Sun, 22 Nov 2099 10:00:30 GMT", 3600)]
    public void ItIsReadAsSecondsOrDateAndCappedAtAnHour(string value, int seconds) =>
        Read(value).Should().Be(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("soon")]
    [InlineData("Sun, 22 Nov 2026 09:59:00 GMT")]
    public void WhatIsPastOrMakesNoSenseIsIgnored(string value) => Read(value).Should().BeNull();

    [Fact]
    public void DateIsComparedWithTheServersOwnClock() =>
        Read("Sun, 22 Nov 2026 12:00:30 GMT", date: Now.AddHours(2)).Should().Be(TimeSpan.FromSeconds(30));

    [Fact]
    public void ItHasNoMeaningForOtherStatuses() => Read("120", HttpStatusCode.InternalServerError).Should().BeNull();

    private static TimeSpan? Read(string value, HttpStatusCode status = HttpStatusCode.ServiceUnavailable, DateTimeOffset? date = null)
    {
        using var response = new HttpResponseMessage(status);
        response.Headers.TryAddWithoutValidation("Retry-After", value);
        response.Headers.Date = date;
        return RetryAfter.Of(response, Now);
    }
}
