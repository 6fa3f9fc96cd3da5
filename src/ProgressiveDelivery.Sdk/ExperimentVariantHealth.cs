namespace ProgressiveDelivery.Sdk;

/// <summary>A variant of an experiment: the share of units that it should have, and the units that it has.</summary>
/// <param name="Variant">The variant's name.</param>
/// <param name="ExpectedShare">The share by the weights in force, 0 to 1.</param>
/// <param name="Units">The number of counted units.</param>
public sealed record ExperimentVariantHealth(string Variant, double ExpectedShare, long Units);
