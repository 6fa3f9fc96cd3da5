namespace ProgressiveDelivery.Sdk.Blazor.Tests.Support;

/// <summary>Waits for what other threads do, and no longer than it takes them.</summary>
internal static class Until
{
    /// <summary>The longest wait for what does not come, on a machine that has much else to do.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(2);

    public static async Task HoldsAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
