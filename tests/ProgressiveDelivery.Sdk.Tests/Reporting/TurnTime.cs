using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

/// <summary>A clock that knows when a loop that takes a turn every minute is waiting for its next one, and so is done with the last.</summary>
internal sealed class TurnTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(54);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(66);

    private readonly Channel<TimeSpan> _pauses = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= Shortest && dueTime <= Longest)
            _pauses.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until the turn before is done, and begins the next one.</summary>
    public async Task BeginTurnAsync()
    {
        using var patience = new CancellationTokenSource(Refresh.Until.Patience);
        Advance(await _pauses.Reader.ReadAsync(patience.Token));
    }

    /// <summary>Waits until the turn that is under way is done.</summary>
    public async Task EndTurnAsync()
    {
        using var patience = new CancellationTokenSource(Refresh.Until.Patience);
        await _pauses.Reader.WaitToReadAsync(patience.Token);
    }

    /// <summary>Takes turns, one after the other.</summary>
    public async Task TakeTurnsAsync(int turns)
    {
        for (var i = 0; i < turns; i++)
            await BeginTurnAsync();
        await EndTurnAsync();
    }
}
