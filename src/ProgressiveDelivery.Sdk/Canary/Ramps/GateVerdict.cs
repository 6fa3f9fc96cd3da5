namespace ProgressiveDelivery.Sdk.Canary.Ramps;

/// <summary>The judgement of a step's gate.</summary>
/// <param name="IsOpen">True if the step may be reached now.</param>
/// <param name="StepsBack">True if the rollout steps back.</param>
/// <param name="WaitsFor">The conditions that are not met, for people.</param>
/// <param name="Met">The conditions that are met, for people.</param>
internal readonly record struct GateVerdict(bool IsOpen, bool StepsBack, IReadOnlyList<string> WaitsFor, IReadOnlyList<string> Met);
