using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>
/// A clock that moves on only when somebody waits for it: past the pauses that are begun, one after the other. While real work is under
/// way, over a real connection, it stands, so that no limit on that work runs out however slow the machine is.
/// </summary>
internal sealed class PauseTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _begun = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _begun.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Lets every pause pass that is begun and no longer than a given one, until a task is done.</summary>
    public async Task PassPausesAsync(Task task, TimeSpan longest)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!task.IsCompleted)
        {
            var begun = _begun.Reader.WaitToReadAsync(patience.Token).AsTask();
            if (await Task.WhenAny(task, begun) == task)
                return;
            await begun;
            while (_begun.Reader.TryRead(out var pause))
            {
                if (pause > TimeSpan.Zero && pause <= longest)
                    Advance(pause);
            }
        }
    }
}
