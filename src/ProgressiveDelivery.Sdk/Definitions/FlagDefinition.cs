using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>A named decision point: typed variants, and the rules that choose among them.</summary>
public sealed record FlagDefinition
{
    /// <summary>The key by which callers evaluate the flag; case-sensitive.</summary>
    public required string Key { get; init; }

    /// <summary>The type of the variants' values.</summary>
    public required FlagType Type { get; init; }

    /// <summary>The variants; their names must differ.</summary>
    public IReadOnlyList<VariantDefinition> Variants { get; init => field = EquatableList.Of(value); } = EquatableList<VariantDefinition>.Empty;

    /// <summary>Indicates whether the rules are evaluated; otherwise <see cref="OffVariant"/> is served. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The variant that is served if the flag is not enabled or a prerequisite fails; null for the caller's fallback.</summary>
    public string? OffVariant { get; init; }

    /// <summary>Flags that must yield one of the named variants first.</summary>
    public IReadOnlyList<PrerequisiteDefinition> Requires { get; init => field = EquatableList.Of(value); } = EquatableList<PrerequisiteDefinition>.Empty;

    /// <summary>The rules, evaluated in order.</summary>
    public IReadOnlyList<RuleDefinition> Rules { get; init => field = EquatableList.Of(value); } = EquatableList<RuleDefinition>.Empty;

    /// <summary>The outcome if no rule decides; null for the caller's fallback.</summary>
    public OutcomeDefinition? Default { get; init; }

    /// <summary>
    /// Indicates whether the context must have a kind, and a key for every kind. Otherwise the caller's fallback is returned at once, with reason
    /// <see cref="EvaluationReason.TargetingKeyMissing"/>. Our own format does not have it. Default false.
    /// </summary>
    [Experimental("PD9001")]
    public bool RequiresKeys { get; init; }

    /// <summary>
    /// Indicates whether flags that require this one see <see cref="OffVariant"/> if a prerequisite of this flag fails. Otherwise they see no variant.
    /// They see none of a flag that is not enabled. Our own format does not have it. Default false.
    /// </summary>
    [Experimental("PD9001")]
    public bool YieldsOffVariant { get; init; }

    /// <summary>The guards, which watch the outcomes of its variants; their ids must differ.</summary>
    public IReadOnlyList<GuardDefinition> Guards { get; init => field = EquatableList.Of(value); } = EquatableList<GuardDefinition>.Empty;

    /// <summary>
    /// The number of the attempt to roll the flag out, from 1. What a guard or a gate decided holds for this attempt: a snapshot with a higher one ends trips and pauses, and
    /// begins gates anew. Default 1.
    /// </summary>
    public long Attempt { get; init; } = 1;

    /// <summary>Indicates whether exposures are recorded also where no experiment decides. Default false.</summary>
    public bool Track { get; init; }

    /// <summary>Indicates whether browsers and other front ends may receive the flag. Default false.</summary>
    public bool ClientVisible { get; init; }

    /// <summary>The flag's own version in its backend; null if it has none. Usage reports include it; our own format does not have it.</summary>
    [Experimental("PD9001")]
    public long? Version { get; init; }

    /// <summary>Other metadata of the flag's owners; stored, never evaluated.</summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; init => field = FlagMetadata.Of(value); } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>
    /// The fault, set by a reader that could not read the flag. Such a flag is quarantined: it returns the caller's fallback with reason <see
    /// cref="EvaluationReason.Error"/>.
    /// </summary>
    public SnapshotDiagnostic? Defect { get; init; }

    /// <summary>Returns whether two definitions of a flag give the same answers: they differ in their version and metadata at most.</summary>
    internal bool AnswersLike(FlagDefinition other) => ReferenceEquals(this, other) || this with { Version = other.Version, Metadata = other.Metadata } == other;

    /// <summary>Returns whether two definitions of a flag have the same version and metadata.</summary>
    internal bool IsNotedLike(FlagDefinition other) => Version == other.Version && Metadata.Equals(other.Metadata);
}
