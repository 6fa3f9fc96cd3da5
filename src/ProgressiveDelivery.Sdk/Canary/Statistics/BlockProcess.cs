namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The evidence of a comparison, over blocks that are full. What fills them may count without a lock; <see cref="Close"/> needs the guard's own.</summary>
internal abstract class BlockProcess : GuardProcess
{
    /// <summary>Adds a block that is full.</summary>
    public abstract void Close(in ClosedBlock block);
}
