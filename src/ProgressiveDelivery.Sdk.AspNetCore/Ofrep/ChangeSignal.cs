using System.Text;

namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>A moment of the stream of changes, which all subscribers share. It ends with the next change or heartbeat.</summary>
/// <param name="Number">The number of changes so far.</param>
/// <param name="Id">The id of the latest change: unlike that of any other process, or of an earlier run.</param>
/// <param name="ChangedAt">The time stamp of the latest change; null before the first.</param>
internal sealed record ChangeSignal(long Number, string Id, long? ChangedAt)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The event, as it is sent.</summary>
    public ReadOnlyMemory<byte> Message { get; } = Encoding.UTF8.GetBytes($"id: {Id}\ndata: {{\"type\":\"refetchEvaluation\"}}\n\n");

    /// <summary>Ends with the moment.</summary>
    public Task Ended => _ended.Task;

    public void End() => _ended.TrySetResult();
}
