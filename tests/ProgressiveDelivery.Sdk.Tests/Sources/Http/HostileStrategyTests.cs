using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Streaming;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Http;

/// <summary>Whatever the user's strategies do costs one turn, of a poll and of a stream alike.</summary>
public sealed class HostileStrategyTests : IDisposable
{
    private readonly ScriptedHttpServer _server = new();
    private readonly PlainHttpClients _clients = new();
    private readonly FakeTimeProvider _time = new();
    private Treatment? _treatment;

    public void Dispose()
    {
        _server.Dispose();
        _clients.Dispose();
    }

    public static TheoryData<string, string> Faults()
    {
        var data = new TheoryData<string, string>();
        foreach (var kind in new[] { "poll", "stream" })
            foreach (var treatment in new[] { nameof(Strategies.Throws), nameof(Strategies.Cancels), nameof(Strategies.Swallows), nameof(Strategies.NeverCalls) })
                data.Add(kind, treatment);
        return data;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task FaultOfAStrategyCostsOneTurn(string kind, string treatment)
    {
        Serve(kind, 2);
        var source = SourceOf(kind);
        _treatment = Of(treatment);

        await source.Awaiting(s => s.ReadAsync(default).AsTask()).Should().ThrowExactlyAsync<SnapshotSourceException>();
        _treatment = null;

        (await source.ReadAsync(default)).Document.Should().NotBeNull();
    }

    [Theory]
    [InlineData("poll", nameof(Strategies.NeverEnds))]
    [InlineData("stream", nameof(Strategies.NeverEnds))]
    [InlineData("poll", nameof(Strategies.EndsNeverAfterTheAttempt))]
    [InlineData("stream", nameof(Strategies.EndsNeverAfterTheAttempt))]
    public async Task StrategyThatDoesNotEndIsGivenUpAfterTenMinutes(string kind, string treatment)
    {
        Serve(kind, 2);
        var source = SourceOf(kind);
        _treatment = Of(treatment);
        var reading = source.ReadAsync(default).AsTask();
        if (treatment == nameof(Strategies.EndsNeverAfterTheAttempt))
            await _clients.HeadersCame;

        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        var early = reading.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(1));

        early.Should().BeFalse();
        await FluentActions.Awaiting(() => reading).Should().ThrowExactlyAsync<SnapshotSourceException>().WithMessage("*did not end within 00:10:00*UseResilience*");
        _treatment = null;
        (await source.ReadAsync(default)).Document.Should().NotBeNull();
    }

    [Theory]
    [InlineData("poll", nameof(Strategies.CallsTwice))]
    [InlineData("stream", nameof(Strategies.CallsTwice))]
    [InlineData("poll", nameof(Strategies.CallsTwiceAtOnce))]
    [InlineData("stream", nameof(Strategies.CallsTwiceAtOnce))]
    public async Task StrategyThatAttemptsTwiceGivesOneReadingThatCanBeAcknowledged(string kind, string treatment)
    {
        Serve(kind, 3);
        var source = SourceOf(kind);
        _treatment = Of(treatment);

        var reading = await source.ReadAsync(default);
        source.Acknowledge(reading);
        _treatment = null;

        reading.Document.Should().NotBeNull();
        _server.Served.Should().Be(2);
        if (kind == "poll")
            (await source.ReadAsync(default)).Should().BeSameAs(SnapshotReading.Current);
    }

    [Fact]
    public async Task ConnectionsThatAreNotWantedAreClosed()
    {
        var (first, second) = (new EventFeed().Event("snapshot", "{}"), new EventFeed().Event("snapshot", "{}"));
        _server.Then(first.Reply()).Then(second.Reply());
        using var source = (StreamSnapshotSource)SourceOf("stream");
        _treatment = Strategies.CallsTwice;

        await source.ReadAsync(default);

        await first.HungUp;
    }

    [Fact]
    public async Task AttemptThatComesWhenTheTurnIsOverIsRefused()
    {
        Serve("poll", 1);
        var source = SourceOf("poll");
        var entered = new TaskCompletionSource();
        var later = new TaskCompletionSource();
        var late = new TaskCompletionSource<bool>();
        _treatment = async (attempt, token) =>
        {
            entered.SetResult();
            await later.Task;
            var outcome = await attempt(CancellationToken.None);
            late.SetResult(outcome.Exception is not null);
            return outcome;
        };
        var reading = source.ReadAsync(default).AsTask();
        await entered.Task.WaitAsync(TimeSpan.FromMinutes(2));
        _time.Advance(TimeSpan.FromMinutes(10));
        await FluentActions.Awaiting(() => reading).Should().ThrowAsync<SnapshotSourceException>();

        later.SetResult();

        (await late.Task.WaitAsync(TimeSpan.FromMinutes(2))).Should().BeTrue();
        _server.Served.Should().Be(0);
    }

    [Fact]
    public async Task StrategyThatAnswersFromAnEarlierTurnConfirmsNothing()
    {
        Serve("poll", 1);
        var source = SourceOf("poll");
        Polly.Outcome<object?> kept = default;
        _treatment = async (attempt, token) => kept = await attempt(token);
        source.Acknowledge(await source.ReadAsync(default));

        _treatment = (_, _) => new(kept);

        await source.Awaiting(s => s.ReadAsync(default).AsTask()).Should().ThrowExactlyAsync<SnapshotSourceException>().WithMessage("*did not return the result of an attempt*");
    }

    [Fact]
    public async Task StreamIsConnectedOnceUnlessToldOtherwise()
    {
        _server.Then(Reply.Status("503 Down")).Then(new EventFeed().Event("snapshot", "{}").Reply());
        var source = SourceOf("stream", hasStrategies: false);

        await source.Awaiting(s => s.ReadAsync(default).AsTask()).Should().ThrowExactlyAsync<SnapshotSourceException>();

        _server.Served.Should().Be(1);
    }

    private void Serve(string kind, int times)
    {
        for (var i = 0; i < times; i++)
            _server.Then(kind == "poll" ? Reply.Ok("{}", "ETag: \"1\"") : new EventFeed().Event("snapshot", "{}").Reply());
    }

    private static Treatment Of(string name) => (Treatment)typeof(Strategies).GetField(name)!.GetValue(null)!;

    private ISnapshotSource SourceOf(string kind, bool hasStrategies = true)
    {
        HttpEndpointOptions options = kind == "poll" ? new HttpSourceOptions() : new StreamSourceOptions();
        (options.Address, options.AttemptTimeout) = (_server.Address, TimeSpan.FromMinutes(1));
        if (hasStrategies)
            options.UseResilience(pipeline => pipeline.AddTreatment(() => _treatment));
        return options switch
        {
            HttpSourceOptions http => new HttpSnapshotSource(new(http), new VersionOnlyFormat(), _clients, _time, new(1)),
            StreamSourceOptions stream => new StreamSnapshotSource(new(stream) { HeartbeatTimeout = () => stream.HeartbeatTimeout }, new VersionOnlyFormat(), new OwnEvents(), _clients, _time, new(1)),
            _ => throw new NotSupportedException(),
        };
    }
}
