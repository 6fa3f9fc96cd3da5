namespace ProgressiveDelivery.Sdk.Soak.Backend;

/// <summary>One event of the stream, which knows the one after it: whoever follows keeps its own place, and what nobody needs is collected.</summary>
/// <param name="id">Its place in the stream.</param>
/// <param name="text">Its bytes; none where it only marks a place.</param>
/// <param name="stead">The event that it stands for, and is followed as; null: itself.</param>
internal sealed class StreamNode(long id, ReadOnlyMemory<byte> text, StreamNode? stead = null)
{
    private readonly TaskCompletionSource<StreamNode> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Id => id;

    public ReadOnlyMemory<byte> Text => text;

    public Task<StreamNode> Next => stead?.Next ?? _next.Task;

    public StreamNode Append(StreamNode next)
    {
        _next.SetResult(next);
        return next;
    }
}
