namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>The change that an exposure makes to the knowledge of its unit.</summary>
/// <param name="IsFirst">True if it is the first one that is remembered under the weights in force.</param>
/// <param name="MayBeKnown">True if an earlier one may have been forgotten.</param>
/// <param name="IsCrossover">True if the unit is given a second variant of its experiment, and was not before.</param>
internal readonly record struct ExposureChange(bool IsFirst, bool MayBeKnown, bool IsCrossover);
