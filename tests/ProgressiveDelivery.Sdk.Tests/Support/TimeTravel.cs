using Microsoft.Extensions.Time.Testing;

namespace ProgressiveDelivery.Sdk.Tests.Support;

internal static class TimeTravel
{
    /// <summary>Moves the clock on, step by step, until a task is done.</summary>
    public static async Task AdvanceUntilDoneAsync(this FakeTimeProvider time, Task task, TimeSpan step)
    {
        using var patience = new CancellationTokenSource(Refresh.Until.Patience);
        while (!task.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            time.Advance(step);
            // What the step set going gets the processor first, or the clock runs away from a machine that is busy.
            await Task.WhenAny(task, Task.Delay(1, patience.Token));
        }
    }
}
