using Microsoft.Extensions.Time.Testing;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Http;

public sealed class AttemptResilienceTests : IDisposable
{
    private readonly ScriptedHttpServer _server = new();
    private readonly PlainHttpClients _clients = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose()
    {
        _server.Dispose();
        _clients.Dispose();
    }

    [Fact]
    public async Task PipelineOfTheUsersRepeatsAttempts()
    {
        for (var i = 0; i < 5; i++) _server.Then(Reply.Status("401 Unauthorized"));
        _server.Then(Reply.Ok("{}"));
        var source = SourceWith(pipeline => pipeline.AddRetry(new() { MaxRetryAttempts = 5, Delay = TimeSpan.Zero }));

        var reading = await source.ReadAsync(default);

        reading.Document.Should().NotBeNull();
        _server.Served.Should().Be(6);
    }

    [Fact]
    public async Task TotalTimeoutOfTheUsersIsAFault()
    {
        _server.Then(Reply.Stall());
        var source = SourceWith(pipeline => pipeline.AddTimeout(TimeSpan.FromSeconds(3)));
        var reading = source.ReadAsync(default).AsTask();
        await _server.RequestAsync();

        _time.Advance(TimeSpan.FromSeconds(3));

        (await FluentActions.Awaiting(() => reading).Should().ThrowExactlyAsync<SnapshotSourceException>())
            .WithInnerException<TimeoutRejectedException>();
    }

    [Fact]
    public async Task OpenCircuitIsAFaultAndHealsWithTime()
    {
        _server.Then(Reply.Status("500 Oops")).Then(Reply.Status("500 Oops")).Then(Reply.Ok("{}"));
        var source = SourceWith(pipeline => pipeline.AddCircuitBreaker(new()
        {
            MinimumThroughput = 2,
            FailureRatio = 1,
            SamplingDuration = TimeSpan.FromMinutes(1),
            BreakDuration = TimeSpan.FromMinutes(1),
        }));
        var read = () => source.ReadAsync(default).AsTask();
        await read.Should().ThrowExactlyAsync<SnapshotSourceException>();
        await read.Should().ThrowExactlyAsync<SnapshotSourceException>();

        await read.Should().ThrowExactlyAsync<SnapshotSourceException>().WithInnerException<SnapshotSourceException, BrokenCircuitException>();
        _time.Advance(TimeSpan.FromMinutes(1));

        (await read()).Document.Should().NotBeNull();
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task WhateverAStrategyThrowsCostsOneRead(Type exception)
    {
        _server.Then(Reply.Ok("{}"));
        var isBroken = true;
        var source = SourceWith(pipeline => pipeline.AddStrategy(_ => new Saboteur(() => isBroken, exception), new SaboteurOptions()));
        var read = () => source.ReadAsync(default).AsTask();

        await read.Should().ThrowExactlyAsync<SnapshotSourceException>();
        isBroken = false;

        (await read()).Document.Should().NotBeNull();
    }

    private HttpSnapshotSource SourceWith(Action<ResiliencePipelineBuilder> resilience)
    {
        var options = new HttpSourceOptions { Address = _server.Address };
        options.UseResilience(resilience);
        return new(new(options), new VersionOnlyFormat(), _clients, _time, new(1));
    }

    private sealed class SaboteurOptions : ResilienceStrategyOptions;

    private sealed class Saboteur(Func<bool> isBroken, Type exception) : ResilienceStrategy
    {
        protected override ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state) =>
            isBroken() ? throw (Exception)Activator.CreateInstance(exception)! : callback(context, state);
    }
}
