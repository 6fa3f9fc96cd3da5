using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Http;

public sealed class ChangeListenerTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ScriptedHttpServer _server = new();
    private readonly ScriptedHttpServer _changes = new();
    private readonly PlainHttpClients _clients = new();
    private readonly PauseTime _time = new();

    public void Dispose()
    {
        _server.Dispose();
        _changes.Dispose();
        _clients.Dispose();
    }

    [Fact]
    public async Task EventThatTellsOfAChangeEndsTheWait()
    {
        var feed = new EventFeed().Event("change", "1");
        _changes.Then(new EventFeed().Send(":\n").Event("ping", "1").End().Reply()).Then(feed.Reply());
        var source = await Polled();

        var wait = source.WaitForChangeAsync(default).AsTask();
        (await _changes.RequestAsync())["Accept"].Should().Be("text/event-stream");
        await _time.PassPausesAsync(wait, TimeSpan.FromSeconds(1));

        _changes.Served.Should().Be(2, "a ping tells of no change");
        _time.GetUtcNow().Should().BeBefore(new PauseTime().GetUtcNow().AddSeconds(2));
        await feed.HungUp;
    }

    [Fact]
    public async Task StreamThatCannotBeReadLeavesThePollsAsTheyAre()
    {
        _changes.Otherwise(Reply.Status("503 Service Unavailable"));
        var source = await Polled();
        var start = _time.GetUtcNow();

        var wait = source.WaitForChangeAsync(default).AsTask();
        await _changes.RequestAsync();
        await _time.AdvanceUntilDoneAsync(wait, TimeSpan.FromSeconds(0.5));

        (_time.GetUtcNow() - start).Should().BeGreaterThanOrEqualTo(Interval * 0.9);
        _changes.Served.Should().BeLessThan(30, "pauses grow");
    }

    [Fact]
    public async Task BackendThatOffersNoneIsNotAsked()
    {
        var source = await Polled("X-Changes: no");

        var wait = source.WaitForChangeAsync(default).AsTask();
        _time.Advance(Interval * 2);
        await wait;

        _changes.Served.Should().Be(0);
    }

    [Fact]
    public async Task WhoStopsWaitingHangsUp()
    {
        var feed = new EventFeed();
        _changes.Then(feed.Reply());
        var source = await Polled();
        using var stopping = new CancellationTokenSource();
        var wait = source.WaitForChangeAsync(stopping.Token).AsTask();
        await _changes.RequestAsync();

        await stopping.CancelAsync();

        await wait.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        await feed.HungUp;
    }

    private async Task<HttpSnapshotSource> Polled(string header = "X-Changes: yes")
    {
        _server.Then(Reply.Ok("""{"version":1}""", header));
        var endpoint = new PolledEndpoint(new() { Address = _server.Address, PollingInterval = Interval })
        {
            ChangesAddress = headers => headers.GetValues("X-Changes").Single() == "yes" ? _changes.Address : null,
            ReportsChange = static eventType => eventType == "change",
        };
        var source = new HttpSnapshotSource(endpoint, new VersionOnlyFormat(), _clients, _time, new(1));
        source.Acknowledge(await source.ReadAsync(default));
        // The first wait is a part of the interval only.
        _ = source.WaitForChangeAsync(new CancellationToken(canceled: true)).AsTask().Exception;
        return source;
    }
}
