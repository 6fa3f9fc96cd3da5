using System.Text;

namespace ProgressiveDelivery.Sdk.Faults.Events;

/// <summary>A sink that hangs, refuses, answers twice or throws costs no caller and no other sink anything, and loses nothing in silence.</summary>
public sealed class DeliveryTests : EventScenario
{
    [Fact]
    [Scenario("E1")]
    public async Task E01_SinkThatHangsTenMinutesUnderLoadCostsNoCallerAndBoundedMemory()
    {
        const int Units = 50_000, Capacity = 1_000;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new PlayedSink { Sending = (_, _) => gate.Task };
        var subject = await StartAsync(flags => flags.SendEventsTo(sink).ConfigureEvents(events => (events.Capacity, events.MaxBatchEvents) = (Capacity, 100)));

        for (var minute = 0; minute < 10; minute++)
        {
            Expose(subject, minute * Units / 10, (minute + 1) * Units / 10);
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await Until.HoldsAsync(() => sink.Calls == 1);
        var hanging = StatusOf(subject);
        (hanging.Queued, hanging.Sent, hanging.Lost).Should().Be((Units, 0L, 0L));
        (hanging.Queued - hanging.Aggregated).Should().BeInRange(Capacity, Capacity + 100, "whole events wait in the queue and in one batch");
        sink.Calls.Should().Be(1, "a sink that hangs is not called again");
        gate.SetResult();
        await Clock.PassTimersUntilAsync(() => StatusOf(subject) is { Queued: 0, Sent: Units }, FlushInterval);

        StatusOf(subject).Lost.Should().Be(0);
        sink.Delivered.Should().Be(Units);
        sink.Exposures.Should().OnlyHaveUniqueItems(exposure => exposure.Id);
        subject.Warnings.Should().Contain(line => line.Id.Name == "EventQueueFull").And.HaveCountLessThan(4);
    }

    [Fact]
    [Scenario("E2")]
    public async Task E02_BatchThatIsTooLargeIsSplitAndNothingIsLost()
    {
        Server.Then(Reply.Status("413 Payload Too Large")).Otherwise(Reply.Status("202 Accepted"));
        var subject = await StartPostingAsync(batch: 4);

        Expose(subject, 0, 4);
        var (whole, first, second) = (await Server.RequestAsync(), await Server.RequestAsync(), await Server.RequestAsync());

        first["Idempotency-Key"].Should().Be(whole["Idempotency-Key"] + ".1");
        second["Idempotency-Key"].Should().Be(whole["Idempotency-Key"] + ".2");
        (first.Body + second.Body).Should().Be(whole.Body);
        await Until.HoldsAsync(() => StatusOf(subject).Sent == 4);
        subject.Warnings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("400 Bad Request")]
    [InlineData("422 Unprocessable Entity")]
    [Scenario("E2")]
    public async Task E02_PoisonBatchIsDroppedWithOneWarningAndTheNextOneSent(string status)
    {
        Server.Then(Reply.Status(status)).Then(Reply.Status(status)).Otherwise(Reply.Status("200 OK"));
        var subject = await StartPostingAsync();

        for (var batch = 0; batch < 3; batch++)
        {
            Expose(subject, 2 * batch, 2 * (batch + 1));
            await Server.RequestAsync();
        }

        await Until.HoldsAsync(() => StatusOf(subject).Sent == 2);
        StatusOf(subject).LostByCause.Should().Equal(new Dictionary<EventLossCause, long> { [EventLossCause.Invalid] = 4 });
        subject.Warnings.Should().ContainSingle().Which.Message.Should().Contain("2 events").And.Contain("answered " + status[..3]);
    }

    [Theory]
    [InlineData("401 Unauthorized")]
    [InlineData("403 Forbidden")]
    [Scenario("E2")]
    public async Task E02_DeniedAccessIsTriedSlowlyAndHealsWithoutARestart(string status)
    {
        Server.Then(Reply.Status(status)).Otherwise(Reply.Status("200 OK"));
        var subject = await StartPostingAsync();

        Expose(subject, 0, 2);
        var denied = await Server.RequestAsync();
        (await Clock.PauseAsync()).Should().Be(TimeSpan.FromMinutes(10));
        StatusOf(subject).Fault.Should().Contain(status[..3]);
        Clock.Advance(TimeSpan.FromMinutes(10));

        (await Server.RequestAsync())["Idempotency-Key"].Should().Be(denied["Idempotency-Key"]);
        await Until.HoldsAsync(() => StatusOf(subject) is { Sent: 2, Fault: null });
        subject.Warnings.Should().ContainSingle();
    }

    [Fact]
    [Scenario("E2")]
    public async Task E02_ServerErrorsTooManyRequestsAndTimeoutsAreRetriedUnderOneId()
    {
        Server.Then(Reply.Status("500 Internal Server Error")).Then(Reply.Status("503 Service Unavailable")).Then(Reply.Status("429 Too Many Requests", "Retry-After: 120")).Otherwise(Reply.Status("200 OK"));
        var subject = await StartPostingAsync();

        Expose(subject, 0, 2);
        await Clock.SkipPausesUntilAsync(() => StatusOf(subject).Sent == 2);
        Clock.Pauses.Should().Contain(TimeSpan.FromSeconds(120), "that is what the server asked for");
        var requests = new[] { await Server.RequestAsync(), await Server.RequestAsync(), await Server.RequestAsync(), await Server.RequestAsync() };

        requests.Select(request => request["Idempotency-Key"]).Distinct().Should().ContainSingle();
        requests.Select(request => request.Body).Distinct().Should().ContainSingle();
        await Until.HoldsAsync(() => StatusOf(subject) is { Sent: 2, Lost: 0 });
        subject.Warnings.Should().ContainSingle();
    }

    [Fact]
    [Scenario("E3")]
    public async Task E03_BatchWhoseAnswerIsLostIsSentAgainUnderTheSameIds()
    {
        Server.Then(Reply.Stall()).Otherwise(Reply.Status("200 OK"));
        var subject = await StartPostingAsync();

        Expose(subject, 0, 2);
        var taken = await Server.RequestAsync();
        await Clock.ExpireDeadlineAsync();
        await Clock.SkipPauseAsync();
        var again = await Server.RequestAsync();

        again["Idempotency-Key"].Should().Be(taken["Idempotency-Key"]);
        again.Body.Should().Be(taken.Body, "events keep their ids too");
        await Until.HoldsAsync(() => StatusOf(subject) is { Sent: 2, Lost: 0 });
    }

    [Fact]
    [Scenario("E3")]
    public async Task E03_SecondAnswerAndNonsenseAfterItCountForNothing()
    {
        Server.Then(Reply.Raw("200 OK", ["Content-Length: 0"], Encoding.UTF8.GetBytes("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\n\r\n\0\0\0"))).Otherwise(Reply.Ok("<html>thanks</html>"));
        var subject = await StartPostingAsync();

        Expose(subject, 0, 2);
        await Server.RequestAsync();
        Expose(subject, 2, 4);
        await Server.RequestAsync();

        await Until.HoldsAsync(() => StatusOf(subject) is { Sent: 4, Lost: 0 });
        Server.Served.Should().Be(2);
        subject.Warnings.Should().BeEmpty();
    }

    [Fact]
    [Scenario("E7")]
    public async Task E07_SinkThatThrowsHangsOrCannotBeDisposedHarmsNoOther()
    {
        var healthy = new PlayedSink("healthy");
        var throwing = new PlayedSink("throwing") { Sending = (_, _) => throw new InvalidOperationException("Own fault."), Disposing = () => throw new InvalidOperationException("No end.") };
        var hanging = new PlayedSink("hanging") { Sending = (_, _) => new TaskCompletionSource().Task };
        var subject = await StartAsync(flags => flags.SendEventsTo(throwing).SendEventsTo(hanging).SendEventsTo(healthy).ConfigureEvents(events => events.MaxBatchEvents = 2));

        Expose(subject, 0, 2);
        await Until.HoldsAsync(() => StatusOf(subject, 2).Sent == 2);
        await Until.HoldsAsync(() => throwing.Calls > 0 && hanging.Calls > 0);
        Expose(subject, 2, 4);
        await Until.HoldsAsync(() => StatusOf(subject, 2).Sent == 4);
        await EndAsync(subject);

        healthy.Exposures.Should().HaveCount(4);
        subject.Status.EventSinks.Select(sink => (sink.Sink, sink.Sent, sink.Lost, sink.Queued)).Should().Equal(("throwing", 0, 4, 0), ("hanging", 0, 4, 0), ("healthy", 4, 0, 0));
        hanging.Calls.Should().Be(1);
    }

    private Task<Subject> StartPostingAsync(int batch = 2) => StartAsync(flags => flags
        .SendEventsToHttp(http => (http.Address, http.Authorization, http.Compress) = (Server.Address, Bait.Authorization, false))
        .ConfigureEvents(events => events.MaxBatchEvents = batch));
}
