using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// The outcome of a step: a variant, a split, a rollout, an experiment or a list of steps. A step that yields no variant passes on to the next.
/// </summary>
public abstract record OutcomeDefinition
{
    private protected OutcomeDefinition()
    {
    }

    /// <summary>Returns whether both are of one kind, the base of a comparison by content. Two outcomes nested too deep for the stack are not equal.</summary>
    public virtual bool Equals(OutcomeDefinition? other) =>
        other is not null && EqualityContract == other.EqualityContract && RuntimeHelpers.TryEnsureSufficientExecutionStack();

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>Converts a variant's name to an outcome that serves it.</summary>
    public static implicit operator OutcomeDefinition(string variant) => new VariantOutcome(variant);
}

/// <summary>Serves one variant.</summary>
/// <param name="Variant">Its name.</param>
public sealed record VariantOutcome(string Variant) : OutcomeDefinition;

/// <summary>Divides units among variants by weight.</summary>
public sealed record SplitOutcome : OutcomeDefinition
{
    /// <summary>The variants and their weights, in the order in which they divide the range.</summary>
    public required IReadOnlyList<WeightedVariant> Weights { get; init => field = EquatableList.Of(value); }

    /// <summary>The references whose first unit is hashed; null for the targeting key, or for those of the enclosing rollout.</summary>
    public IReadOnlyList<string>? By { get; init => field = EquatableList.Of(value); }

    /// <summary>The text that is hashed with the unit; null for the flag's key, or for the enclosing rollout's salt.</summary>
    public string? Salt { get; init; }
}

/// <summary>A share of a split.</summary>
/// <param name="Variant">The variant's name.</param>
/// <param name="Weight">The weight, not negative. The share is the weight divided by the sum of all weights.</param>
public sealed record WeightedVariant(string Variant, decimal Weight);

/// <summary>Admits a share of the units; the others get <see cref="Else"/>, or pass on.</summary>
public sealed record RolloutOutcome : OutcomeDefinition
{
    /// <summary>The outcome of admitted units: a <see cref="VariantOutcome"/> or a <see cref="SplitOutcome"/>.</summary>
    public required OutcomeDefinition To { get; init; }

    /// <summary>The admitted share, 0 to 100 with at most four decimals. Null if <see cref="Steps"/> is given.</summary>
    public decimal? Percent { get; init; }

    /// <summary>The shares by time, ascending. The last step reached counts, and no unit is admitted before the first.</summary>
    public IReadOnlyList<RolloutStep>? Steps { get; init => field = EquatableList.Of(value); }

    /// <summary>The change of the share between steps. Default <see cref="RolloutCurve.Step"/>.</summary>
    public RolloutCurve Curve { get; init; }

    /// <summary>
    /// The times in which the share does not grow: a step that raises it, and falls into such a time, is reached at the time's end. Null for none. For
    /// <see cref="RolloutCurve.Step"/> only.
    /// </summary>
    public IReadOnlyList<ScheduleCondition>? Blackouts { get; init => field = EquatableList.Of(value); }

    /// <summary>The references whose first unit is hashed; null for the targeting key.</summary>
    public IReadOnlyList<string>? By { get; init => field = EquatableList.Of(value); }

    /// <summary>The text that is hashed with the unit; null for the flag's key.</summary>
    public string? Salt { get; init; }

    /// <summary>The variant of units that are not admitted; null if they pass on.</summary>
    public string? Else { get; init; }
}

/// <summary>Admits <paramref name="Percent"/> of the units from <paramref name="At"/> on.</summary>
/// <param name="At">The time at which the step is reached.</param>
/// <param name="Percent">The share, 0 to 100, with at most four decimals.</param>
public sealed record RolloutStep(DateTimeOffset At, decimal Percent)
{
    /// <summary>The gate, which must open too before the step is reached; null for none. For <see cref="RolloutCurve.Step"/> only.</summary>
    public GateDefinition? Gate { get; init; }
}

/// <summary>The change of a rollout's share between two steps.</summary>
public enum RolloutCurve
{
    /// <summary>The share stays until the next step is reached.</summary>
    Step = 0,

    /// <summary>The share is interpolated, in whole hundredths of a percent, rounded down.</summary>
    Linear,
}

/// <summary>Splits the units that no holdout withholds and whose position in the layer is in the experiment's slots.</summary>
public sealed record ExperimentOutcome : OutcomeDefinition
{
    /// <summary>The experiment's key, which is hashed, stored and reported.</summary>
    public required string Key { get; init; }

    /// <summary>The variants and their weights.</summary>
    public required IReadOnlyList<WeightedVariant> Split { get; init => field = EquatableList.Of(value); }

    /// <summary>The layer that it shares with mutually exclusive experiments; null if every unit takes part.</summary>
    public string? Layer { get; init; }

    /// <summary>The half-open range of the layer that it owns, in millionths; null for the whole layer.</summary>
    public SlotRange? Slots { get; init; }

    /// <summary>The holdout that excludes units from it; null for none.</summary>
    public string? Holdout { get; init; }

    /// <summary>The variant of units that do not take part; null if they pass on.</summary>
    public string? Else { get; init; }

    /// <summary>The rules for stored assignments; null if nothing is stored and stored assignments are ignored.</summary>
    public StickyDefinition? Sticky { get; init; }

    /// <summary>The references whose first unit is hashed; null for the targeting key.</summary>
    public IReadOnlyList<string>? By { get; init => field = EquatableList.Of(value); }

    /// <summary>The text that is hashed with the unit; null for the experiment's key.</summary>
    public string? Salt { get; init; }
}

/// <summary>A half-open range of a layer, 0 to 1,000,000.</summary>
/// <param name="From">The first position of the range.</param>
/// <param name="To">The first position after the range.</param>
public sealed record SlotRange(int From, int To);

/// <summary>The version rules for stored assignments of an experiment.</summary>
public sealed record StickyDefinition
{
    /// <summary>The version at which assignments are stored. One of this version is served unchanged, and one of another version is ignored.</summary>
    public required int Version { get; init; }

    /// <summary>Units with an assignment below this version are kept out of the experiment; null if none are.</summary>
    public int? MinimumVersion { get; init; }
}
