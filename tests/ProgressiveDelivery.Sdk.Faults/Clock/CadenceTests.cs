namespace ProgressiveDelivery.Sdk.Faults.Clock;

/// <summary>How often a source is asked goes by time that passes, never by what the wall clock shows.</summary>
public sealed class CadenceTests : FaultScenario
{
    private const string Today = """
        "today": {"type": "boolean", "variants": {"on": true, "off": false},
                  "rules": [{"when": {"between": ["2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z"]}, "serve": "on"}], "default": "off"},
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    [Fact]
    [Scenario("C1")]
    public async Task C01_WallClockThatJumpsMovesWindowsAndNotTheCadence()
    {
        var wall = new WallClock(Clock);
        Server.Then(Reply.Ok(Document.Of(1, flags: Today), "ETag: \"1\"")).Otherwise(Reply.NotModified("ETag: \"1\""));
        var subject = Client(flags => flags.FromHttp(http => (http.Address, http.PollingInterval) = (Server.Address, Interval)), wall).Start();
        await Clock.SkipPauseAsync();

        foreach (var (days, isToday) in new[] { (1, false), (-1, false), (0, true) })
        {
            wall.Show(Clock.Start.AddDays(days));
            for (var poll = 0; poll < 5; poll++)
            {
                var pause = await Clock.PauseAsync();
                pause.Should().BeCloseTo(Interval, Interval / 10);
                subject.Client.IsEnabled("today", Bait.Context).Should().Be(isToday);
                Clock.Advance(Interval / 2);
                subject.Status.Age.Should().Be(Interval / 2);
                Clock.Advance(pause - (Interval / 2));
            }
        }

        await Clock.PauseAsync();
        Server.Served.Should().Be(2 + (3 * 5));
        subject.Status.State.Should().Be(FeatureClientState.Ready);
        subject.Warnings.Should().BeEmpty();
    }

    [Fact]
    [Scenario("C2")]
    public async Task C02_FrozenProcessPollsOnceWhenItThaws()
    {
        Server.Then(Reply.Ok(Document.Of(1))).Otherwise(Reply.Ok(Document.Of(2)));
        var subject = Poll(http => http.PollingInterval = Interval);
        await Clock.PauseAsync();

        Clock.Advance(TimeSpan.FromMinutes(15));
        await subject.VersionAsync(2);

        (await Clock.PauseAsync()).Should().BeCloseTo(Interval, Interval / 10);
        Server.Served.Should().Be(2);
        subject.Warnings.Should().BeEmpty();
    }

    [Fact]
    [Scenario("C2")]
    public async Task C02_FrozenProcessOpensItsStreamOnceWhenItThaws()
    {
        EventFeed first = new(), second = new();
        Server.Then(first.Event("snapshot", Document.Of(1).OneLine()).Reply()).Then(second.Event("snapshot", Document.Of(2).OneLine()).Reply());
        var subject = Follow(stream => stream.HeartbeatTimeout = TimeSpan.FromMinutes(15));
        await subject.VersionAsync(1);

        await Clock.ExpireDeadlineAsync();
        await first.HungUp;
        subject.IsOn.Should().BeTrue();
        await Clock.SkipPauseAsync();
        await subject.VersionAsync(2);

        Server.Served.Should().Be(2);
        subject.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("OutageBegan");
    }
}
