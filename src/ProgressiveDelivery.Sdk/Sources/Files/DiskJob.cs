namespace ProgressiveDelivery.Sdk.Sources.Files;

/// <summary>One piece of disk work.</summary>
/// <param name="run">Does the work, and never fails.</param>
/// <param name="queuedAt">The time at which it was queued.</param>
internal sealed class DiskJob(Func<Task> run, DateTimeOffset queuedAt)
{
    public DateTimeOffset QueuedAt => queuedAt;

    /// <summary>The tick from which its waiting time counts.</summary>
    public required int CountsFrom { get; set; }

    public Task RunAsync() => run();
}
