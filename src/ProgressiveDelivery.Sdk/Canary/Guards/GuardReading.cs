namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>The evidence of a guard at one moment.</summary>
/// <param name="Counts">The outcomes since the evidence began.</param>
/// <param name="Surplus">The outcomes that are part of no block.</param>
/// <param name="LogEvidence">The logarithm of the evidence.</param>
/// <param name="LogThreshold">The logarithm of the evidence that is proof.</param>
/// <param name="Curve">The evidence over outcomes.</param>
internal sealed record GuardReading(GuardCounts Counts, long Surplus, double LogEvidence, double LogThreshold, IReadOnlyList<GuardEvidence> Curve);
