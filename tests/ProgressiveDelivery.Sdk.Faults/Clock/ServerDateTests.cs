using System.Globalization;

namespace ProgressiveDelivery.Sdk.Faults.Clock;

/// <summary>What a server says of its own clock is advice on how its other dates are meant, and nothing else.</summary>
public sealed class ServerDateTests : FaultScenario
{
    private static readonly TimeSpan Asked = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan MaxJitter = TimeSpan.FromSeconds(1);

    [Theory]
    [Scenario("C5")]
    [InlineData(-3600)]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task C05_RetryAfterGoesByTheServersOwnClock(int skewSeconds)
    {
        var date = Clock.Start.AddSeconds(skewSeconds);
        Server.Then(Busy(date, date + Asked)).Then(Reply.Ok(Document.Of(1), $"Date: {Http(date)}"));
        var subject = Poll();

        (await Clock.PauseAsync()).Should().BeGreaterThanOrEqualTo(Asked).And.BeLessThanOrEqualTo(Asked + MaxJitter);
        Clock.Advance(Asked + MaxJitter);
        await subject.VersionAsync(1);

        subject.Status.State.Should().Be(FeatureClientState.Ready);
        subject.Status.LastConfirmed.Should().Be(Clock.GetUtcNow());
        subject.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("OutageBegan");
    }

    [Theory]
    [Scenario("C5")]
    [InlineData("Date: the day before yesterday")]
    [InlineData("Date: -1")]
    [InlineData("X-No-Date: at all")]
    public async Task C05_DateThatCannotBeReadIsAsGoodAsNone(string header)
    {
        Server.Then(Reply.Status("503 Service Unavailable", header, $"Retry-After: {Http(Clock.Start + Asked)}")).Then(Reply.Ok(Document.Of(1), header));
        var subject = Poll();

        (await Clock.PauseAsync()).Should().BeGreaterThanOrEqualTo(Asked).And.BeLessThanOrEqualTo(Asked + MaxJitter);
        Clock.Advance(Asked + MaxJitter);
        await subject.VersionAsync(1);

        subject.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("OutageBegan");
    }

    private static ScriptedReply Busy(DateTimeOffset date, DateTimeOffset until) =>
        Reply.Status("503 Service Unavailable", $"Date: {Http(date)}", $"Retry-After: {Http(until)}");

    private static string Http(DateTimeOffset date) => date.ToString("R", CultureInfo.InvariantCulture);
}
