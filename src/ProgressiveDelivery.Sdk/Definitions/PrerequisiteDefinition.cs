namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// A flag that must yield one of some variants. It holds when that flag exists, is enabled and well-formed, its own
/// prerequisites hold, and its rules yield a variant listed.
/// </summary>
/// <param name="Flag">The other flag's key.</param>
/// <param name="Variants">The variants that satisfy; a name that the flag lacks never does.</param>
public sealed record PrerequisiteDefinition(string Flag, IReadOnlyList<string> Variants);
