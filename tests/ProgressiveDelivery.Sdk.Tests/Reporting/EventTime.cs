using System.Threading.Channels;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

/// <summary>A clock that knows which pauses have begun.</summary>
internal sealed class EventTime() : PauseTime(Some.Monday)
{
    private readonly Channel<TimeSpan> _begun = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>How far the clock on the wall was set; timestamps and timers do not notice.</summary>
    public TimeSpan WallShift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + WallShift;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _begun.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until the next pause of a length begins.</summary>
    public async Task BeganAsync(TimeSpan pause)
    {
        using var patience = new CancellationTokenSource(Refresh.Until.Patience);
        while (await _begun.Reader.ReadAsync(patience.Token) != pause)
        {
        }
    }

    /// <summary>Waits until the next pause of a length begins, and lets it pass.</summary>
    public async Task PassAsync(TimeSpan pause)
    {
        await BeganAsync(pause);
        Advance(pause);
    }
}
