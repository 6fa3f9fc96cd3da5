namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>Waits for what other threads do, and no longer than it takes them.</summary>
internal static class Until
{
    public static async Task HoldsAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
