namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>What writing a local fallback gave.</summary>
/// <param name="Fault">A sentence: what is wrong and what to do; null when it was written.</param>
internal readonly record struct FallbackWriting(string? Fault)
{
    public bool IsDone => Fault is null;
}
