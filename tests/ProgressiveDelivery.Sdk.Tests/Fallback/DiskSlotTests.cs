using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Tests.Fallback;

public sealed class DiskSlotTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DiskThread _thread;
    private readonly DiskSlot _slot;
    private string? _fault;
    private Action _during = () => { };
    private int _writes;

    public DiskSlotTests()
    {
        _thread = new(_time);
        _slot = new(_thread, WriteAsync, _time);
    }

    [Fact]
    public async Task NothingIsWrittenUntilSomethingChanged()
    {
        _slot.Retry();
        await _slot.FlushAsync();

        _thread.Idle.IsCompleted.Should().BeTrue();
        _writes.Should().Be(0);
    }

    [Fact]
    public async Task MarkedStateIsWrittenByTheNextFlushAndOnlyOnce()
    {
        _slot.Mark();
        _writes.Should().Be(0);

        await _slot.FlushAsync();
        await _slot.FlushAsync();

        _writes.Should().Be(1);
    }

    [Fact]
    public async Task WrittenStateIsNotRetried()
    {
        (await _slot.Post()).Should().BeNull();
        await _thread.Idle;
        _time.Advance(TimeSpan.FromHours(1));

        _slot.Retry();
        await _thread.Idle;

        _writes.Should().Be(1);
    }

    [Fact]
    public async Task FailedWriteStaysDueAndIsRetriedAfterASecond()
    {
        await FailAsync();

        _time.Advance(TimeSpan.FromMilliseconds(999));
        await RetryAsync();
        _writes.Should().Be(1, "it failed a moment ago");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await RetryAsync();

        _writes.Should().Be(2);
    }

    [Fact]
    public async Task RetryThatFailsBeginsThePauseAgain()
    {
        await FailAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await RetryAsync();

        _time.Advance(TimeSpan.FromMilliseconds(999));
        await RetryAsync();

        _writes.Should().Be(2);
    }

    [Fact]
    public async Task FlushDoesNotWaitForThePauseAndEndsTheDebt()
    {
        await FailAsync();
        _fault = null;

        await _slot.FlushAsync();
        await _thread.Idle;
        _time.Advance(TimeSpan.FromHours(1));
        await RetryAsync();

        _writes.Should().Be(2);
    }

    [Fact]
    public async Task StateMarkedAfterARecoveryIsRetriedAtOnce()
    {
        await FailAsync();
        _fault = null;
        await _slot.FlushAsync();
        await _thread.Idle;

        _slot.Mark();
        await RetryAsync();

        _writes.Should().Be(3, "the last write did not fail");
    }

    [Fact]
    public async Task StateThatChangesDuringAFailedWriteStaysDue()
    {
        _during = _slot.Mark;
        await FailAsync();
        (_fault, _during) = (null, () => { });

        await _slot.FlushAsync();

        _writes.Should().Be(2);
    }

    [Fact]
    public async Task StatesPostedBeforeTheDiskHasTimeAreOneWrite()
    {
        using var hold = new ManualResetEventSlim();
        _ = _thread.RunAsync(() =>
        {
            hold.Wait();
            return new ValueTask<bool>(true);
        });

        var (first, second) = (_slot.Post(), _slot.Post());
        _slot.Retry();
        hold.Set();
        await first;
        await _thread.Idle;

        second.Should().BeSameAs(first);
        _writes.Should().Be(1);
    }

    private async Task FailAsync()
    {
        _fault = "No space left on device";
        (await _slot.Post()).Should().Be(_fault);
        await _thread.Idle;
    }

    private async Task RetryAsync()
    {
        _slot.Retry();
        await _thread.Idle;
    }

    private ValueTask<string?> WriteAsync()
    {
        Interlocked.Increment(ref _writes);
        _during();
        return new(_fault);
    }
}
