using ProgressiveDelivery.Sdk;

namespace Quickstart;

/// <summary>Waiting for what the client does in the background.</summary>
internal static class Waiting
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Waits for a version by its change event, not by asking again and again.</summary>
    public static async Task WaitForVersionAsync(this IFeatureClient features, long version, CancellationToken cancellationToken)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = features.OnChange(change =>
        {
            if (change.Current.Version >= version) arrived.TrySetResult();
        });
        await arrived.Task.OrFail($"version {version} did not arrive", cancellationToken);
    }

    public static async Task OrFail(this Task task, string otherwise, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(Longest, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new StepFailedException($"{otherwise} within {Longest.TotalSeconds} s");
        }
    }
}
