using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Failover;

public sealed class ChangeWatchTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedSource _source = new();
    private readonly ChangeWatch _watch;
    private int _begun;

    public ChangeWatchTests() => _watch = new(_source, _time);

    [Fact]
    public async Task WaitGoesOnWhereItsTimeWasOver()
    {
        var change = new TaskCompletionSource();
        _source.Waiting = _ => { _begun++; return new(change.Task); };

        var waiting = _watch.WaitAsync(TimeSpan.FromSeconds(5), default);
        _time.Advance(TimeSpan.FromSeconds(5));
        var first = await waiting;
        var second = _watch.WaitAsync(TimeSpan.FromSeconds(5), default);
        change.SetResult();

        first.Should().BeFalse();
        (await second).Should().BeTrue();
        _begun.Should().Be(1);
    }

    [Fact]
    public async Task WaitThatIsGivenUpIsCancelledAndBegunAnew()
    {
        _source.Waiting = async token => { _begun++; await Task.Delay(_begun == 1 ? Timeout.Infinite : 0, token); };
        var first = _watch.WaitAsync(TimeSpan.FromSeconds(5), default);
        _time.Advance(TimeSpan.FromSeconds(5));
        await first;

        await _watch.EndAsync();

        (await _watch.WaitAsync(null, default)).Should().BeTrue();
        _begun.Should().Be(2);
    }

    [Fact]
    public async Task WaitThatIgnoresCancellationIsReusedAndItsChangeIsSeen()
    {
        var change = new TaskCompletionSource();
        _source.Waiting = _ => { _begun++; return new(change.Task); };
        var first = _watch.WaitAsync(TimeSpan.FromSeconds(5), default);
        _time.Advance(TimeSpan.FromSeconds(5));
        await first;
        await _watch.EndAsync();

        var second = _watch.WaitAsync(null, default);
        change.SetResult();

        (await second).Should().BeTrue();
        _begun.Should().Be(1);
    }

    [Fact]
    public async Task WhatTheSourceThrowsIsThrownAndTheNextWaitIsFresh()
    {
        _source.Waiting = _ => ++_begun == 1 ? throw new TimeoutException("The source's own.") : ValueTask.CompletedTask;

        await FluentActions.Awaiting(() => _watch.WaitAsync(TimeSpan.FromSeconds(5), default)).Should().ThrowAsync<TimeoutException>().WithMessage("The source's own.");

        (await _watch.WaitAsync(null, default)).Should().BeTrue();
    }

    [Fact]
    public async Task StopEndsTheWait()
    {
        _source.Waiting = async token => await Task.Delay(Timeout.Infinite, token);
        using var stopping = new CancellationTokenSource();
        var wait = _watch.WaitAsync(null, stopping.Token);

        await stopping.CancelAsync();

        await FluentActions.Awaiting(() => wait).Should().ThrowAsync<OperationCanceledException>();
    }
}
