namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>A step of a rollout.</summary>
/// <param name="At">The time before which it is not reached; null if it is not known.</param>
/// <param name="Percent">Its percentage.</param>
/// <param name="HasGate">Indicates whether it waits for guards.</param>
internal sealed record RampStep(DateTimeOffset? At, decimal Percent, bool HasGate);
