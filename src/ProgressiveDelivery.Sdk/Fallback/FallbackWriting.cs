namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>The result of writing a local fallback.</summary>
/// <param name="Fault">A sentence with the fault and its remedy; null if it was written.</param>
internal readonly record struct FallbackWriting(string? Fault)
{
    public bool IsDone => Fault is null;
}
