namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// A flag that must yield one of some variants. It holds if that flag exists, is enabled and well-formed, its own prerequisites hold, and its rules
/// yield a listed variant. Flags of some backends also yield their off variant if a prerequisite of their own fails.
/// </summary>
public sealed record PrerequisiteDefinition
{
    /// <summary>The other flag's key.</summary>
    public required string Flag { get; init; }

    /// <summary>The accepted variants; a name that the flag lacks never matches.</summary>
    public required IReadOnlyList<string> Variants { get; init => field = EquatableList.Of(value); }
}
