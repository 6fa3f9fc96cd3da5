namespace ProgressiveDelivery.Sdk;

/// <summary>A remembered assignment.</summary>
/// <param name="Version">The experiment's sticky version at which it was made.</param>
/// <param name="Variant">The variant's name: a name and not an index, so that reordering variants is safe.</param>
public readonly record struct StoredAssignment(int Version, string Variant);
