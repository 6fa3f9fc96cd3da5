namespace ProgressiveDelivery.Sdk.Faults.Events;

/// <summary>A host that stops with a full queue sends what it can within the deadline, and says what is lost.</summary>
public sealed class HostStopTests : EventScenario
{
    private const int Units = 10_000;

    [Fact]
    [Scenario("L4")]
    public async Task L04_HealthySinkGetsEveryEvent()
    {
        var sink = new PlayedSink();
        var subject = await StartAsync(flags => flags.SendEventsTo(sink));
        Expose(subject, 0, Units);

        await subject.StopHostAsync().WaitAsync(Until.Patience);
        await subject.DisposeAsync();

        sink.Exposures.Should().HaveCount(Units);
        StatusOf(subject).Should().BeEquivalentTo(new { Sent = (long)Units, Queued = 0L, Lost = 0L });
        subject.Warnings.Should().BeEmpty();
    }

    [Fact]
    [Scenario("L4")]
    public async Task L04_SlowSinkGetsAPartAndTheRestIsCounted()
    {
        var sink = new PlayedSink();
        sink.Sending = (_, token) => Task.Delay(sink.Calls > 2 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(2), Clock, token);
        var subject = await StartAsync(flags => flags.SendEventsTo(sink));
        Expose(subject, 0, Units);

        await Clock.SkipPausesUntilAsync(() => sink.Calls == 3);
        await PassAsync(subject.StopHostAsync());
        await EndAsync(subject);

        var status = StatusOf(subject);
        status.Queued.Should().Be(0);
        status.Sent.Should().BeInRange(1_000, Units - 1_000).And.Be(sink.Delivered);
        (status.Sent + LostAtTheEnd(status).Values.Sum()).Should().Be(Units);
        subject.Warnings.Should().Contain(line => line.Id.Name == "EventsLostAtEnd");
    }

    [Fact]
    [Scenario("L4")]
    public async Task L04_DeadSinkHoldsTheEndUpForItsDeadlinesAndEveryEventIsCounted()
    {
        var sink = new PlayedSink { Sending = (_, _) => new TaskCompletionSource().Task };
        var subject = await StartAsync(flags => flags.SendEventsTo(sink));
        Expose(subject, 0, Units);

        await PassAsync(subject.StopHostAsync());
        await EndAsync(subject);

        var lost = LostAtTheEnd(StatusOf(subject));
        lost.Values.Sum().Should().Be(Units);
        subject.Warnings.Where(line => line.Id.Name == "EventsLostAtEnd").Should().ContainSingle().Which.Message.Should().Contain($"{lost[EventLossCause.Shutdown]} events");
    }

    [Fact]
    [Scenario("L4")]
    public async Task L04_EventAfterTheEndIsCountedAsClosed()
    {
        var subject = await StartAsync(flags => flags.SendEventsTo(new PlayedSink()));
        var snapshot = subject.Client.GetSnapshot();
        await subject.DisposeAsync();

        snapshot.IsEnabled("checkout", new EvaluationContext("late"));

        StatusOf(subject).LostByCause.Should().Equal(new Dictionary<EventLossCause, long> { [EventLossCause.Closed] = 1 });
    }

    // A batch may run out of its own time first.
    private static IReadOnlyDictionary<EventLossCause, long> LostAtTheEnd(EventSinkStatus status)
    {
        status.LostByCause.Keys.Should().Contain(EventLossCause.Shutdown).And.BeSubsetOf([EventLossCause.Shutdown, EventLossCause.Expired]);
        return status.LostByCause;
    }
}
