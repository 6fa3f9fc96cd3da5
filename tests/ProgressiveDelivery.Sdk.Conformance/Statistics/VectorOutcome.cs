namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>An outcome of a vector's runs.</summary>
/// <param name="IsTreatment">True for the treatment of two streams.</param>
/// <param name="IsBad">True for the bad outcome.</param>
internal readonly record struct VectorOutcome(bool IsTreatment, bool IsBad);
