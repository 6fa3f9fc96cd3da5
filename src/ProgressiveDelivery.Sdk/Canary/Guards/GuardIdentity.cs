using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>The properties of a guard that its evidence belongs to: while they are equal it goes on, whatever snapshot is in force.</summary>
/// <param name="Flag">The flag's key.</param>
/// <param name="Attempt">The flag's attempt.</param>
/// <param name="Definition">The guard's definition.</param>
/// <param name="Alpha">Its part of the chance of a false trip: with another number of guards the promise is another.</param>
/// <param name="Type">The type of the flag's values.</param>
/// <param name="Variant">The variant that is watched.</param>
/// <param name="Other">The variant that it is compared with; null for none.</param>
internal sealed record GuardIdentity(string Flag, long Attempt, GuardDefinition Definition, double Alpha, FlagType Type, CompiledVariant Variant, CompiledVariant? Other)
{
    /// <summary>Returns the identity of a guard in a flag; null if the flag lacks a variant that the guard names.</summary>
    public static GuardIdentity? Of(CompiledFlag flag, GuardDefinition guard, int guards)
    {
        var (variant, other) = (Find(flag, guard.Variant), Find(flag, guard.Against));
        return variant is null || (guard.Against is not null && other is null) ? null
            : new(flag.Key, flag.Attempt, guard, guard.Alpha / guards, flag.Type, variant, other);
    }

    public bool Equals(GuardIdentity? other) =>
        other is not null && Flag == other.Flag && Attempt == other.Attempt && Definition.Equals(other.Definition) && Alpha.Equals(other.Alpha) && Type == other.Type
        && IsSame(Variant, other.Variant) && IsSame(Other, other.Other);

    public override int GetHashCode() => HashCode.Combine(Flag, Attempt, Definition.Id);

    private bool IsSame(CompiledVariant? one, CompiledVariant? other) =>
        ReferenceEquals(one, other)
        || (one is not null && other is not null && one.Name == other.Name && one.Forms == other.Forms && one.Enabled == other.Enabled && one.Describe(Type) == other.Describe(Type));

    private static CompiledVariant? Find(CompiledFlag flag, string? name) =>
        name is not null && flag.IndexOfVariant(name) is >= 0 and var index ? flag.Variants[index] : null;
}
