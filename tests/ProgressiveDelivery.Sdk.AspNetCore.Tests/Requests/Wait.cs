namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

/// <summary>Waits for what other threads do.</summary>
internal static class Wait
{
    /// <summary>The longest wait for what does not come, on a machine that has much else to do.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(2);

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
