using System.Globalization;

namespace ProgressiveDelivery.Sdk.Faults.Network;

/// <summary>N7 to N9: a backend that answers, but not with a snapshot.</summary>
public sealed class RefusalTests : FaultScenario
{
    public static TheoryData<string> ServerErrors => ["500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"];

    public static TheoryData<string> ClientErrors => ["401 Unauthorized", "403 Forbidden", "404 Not Found"];

    [Theory]
    [Scenario("N7")]
    [MemberData(nameof(ServerErrors))]
    public async Task N07_ServerErrorOfAPollIsRetriedAtStartAndLater(string status)
    {
        for (var version = 1; version <= 2; version++)
        {
            for (var i = 0; i < 5; i++) Server.Then(Reply.Status(status));
            Server.Then(Reply.Ok(Document.Of(version)));
        }

        Server.Otherwise(Reply.Ok(Document.Of(2)));
        var subject = Poll();

        await Clock.SkipPausesUntilAsync(() => subject.Status is { SnapshotVersion: 2, State: FeatureClientState.Ready });

        Server.Served.Should().BeGreaterThanOrEqualTo(12);
    }

    [Theory]
    [Scenario("N7")]
    [MemberData(nameof(ServerErrors))]
    public async Task N07_ServerErrorOfAStreamIsRetriedOnConnectAndOnReconnect(string status)
    {
        Server.Then(Reply.Status(status)).Then(Reply.Status(status))
            .Then(new EventFeed().Event("snapshot", Document.Of(1).OneLine()).End().Reply())
            .Then(Reply.Status(status)).Then(Reply.Status(status))
            .Then(new EventFeed().Event("snapshot", Document.Of(2).OneLine()).Reply());
        var subject = Follow();

        await Clock.SkipPausesUntilAsync(() => subject.Status is { SnapshotVersion: 2, State: FeatureClientState.Ready });

        Server.Served.Should().Be(6);
    }

    [Theory]
    [Scenario("N8")]
    [MemberData(nameof(ClientErrors))]
    public async Task N08_RevokedKeyIsRetriedSlowlyAndRecoversWithoutRestart(string status)
    {
        Server.Then(Reply.Ok(Document.Of(1))).Otherwise(Reply.Status(status));
        var subject = Poll();
        await subject.VersionAsync(1);
        await Clock.SkipPausesUntilAsync(() => subject.Status.State == FeatureClientState.Failed);
        var (begin, served) = (Clock.GetUtcNow(), Server.Served);

        await Clock.SkipPausesUntilAsync(() => Clock.GetUtcNow() >= begin.AddHours(1));
        var (attempts, fault) = (Server.Served - served, subject.Status.Cause!);
        Server.Otherwise(Reply.Ok(Document.Of(2)));
        await Clock.SkipPausesUntilAsync(() => subject.Status.State == FeatureClientState.Ready);

        attempts.Should().BeInRange(10, 25, "a refusal is retried every two and a half to five minutes");
        fault.Kind.Should().Be(FeatureClientFaultKind.AccessDenied);
        fault.HttpStatus.Should().Be(int.Parse(status[..3], CultureInfo.InvariantCulture));
        subject.Status.SnapshotVersion.Should().Be(2);
    }

    [Theory]
    [Scenario("N8")]
    [MemberData(nameof(ClientErrors))]
    public async Task N08_RevokedKeyOfAStreamIsRetriedSlowlyAndRecoversWithoutRestart(string status)
    {
        Server.Then(new EventFeed().Event("snapshot", Document.Of(1).OneLine()).End().Reply()).Otherwise(Reply.Status(status));
        var subject = Follow();
        await Clock.SkipPausesUntilAsync(() => subject.Status.State == FeatureClientState.Failed);
        var (begin, served) = (Clock.GetUtcNow(), Server.Served);

        await Clock.SkipPausesUntilAsync(() => Clock.GetUtcNow() >= begin.AddHours(1));
        var attempts = Server.Served - served;
        Server.Otherwise(new EventFeed().Event("snapshot", Document.Of(2).OneLine()).Reply());
        await Clock.SkipPausesUntilAsync(() => subject.Status.State == FeatureClientState.Ready);

        attempts.Should().BeInRange(10, 25);
        subject.Status.SnapshotVersion.Should().Be(2);
    }

    [Theory]
    [Scenario("N9")]
    [InlineData("429 Too Many Requests", "120", 120)]
    [InlineData("503 Service Unavailable", "120", 120)]
    [InlineData("429 Too Many Requests", "Mon, 01 Jun 2026 12:05:00 GMT", 300)]
    [InlineData("429 Too Many Requests", "Mon, 01 Jun 2099 12:00:00 GMT", 3600)]
    [InlineData("429 Too Many Requests", "99999999999999999999", 3600)]
    [InlineData("429 Too Many Requests", "-5", 0)]
    [InlineData("429 Too Many Requests", "soon", 0)]
    [InlineData("429 Too Many Requests", "", 0)]
    public async Task N09_RetryAfterIsObeyedAsFarAsItMakesSense(string status, string retryAfter, int seconds)
    {
        Server.Then(Reply.Status(status, $"Retry-After: {retryAfter}", "Date: Mon, 01 Jun 2026 12:00:00 GMT")).Otherwise(Reply.Ok(Document.Of(1)));
        var subject = Poll();

        var pause = await Clock.SkipPauseAsync();
        await subject.VersionAsync(1);

        pause.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(seconds)).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(seconds + 1));
    }
}
