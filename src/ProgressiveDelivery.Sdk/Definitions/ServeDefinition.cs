namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>What a step serves: a variant, a split, a rollout, an experiment or steps of its own. A step that yields no variant passes on to the next.</summary>
public abstract record ServeDefinition
{
    private protected ServeDefinition()
    {
    }

    /// <summary>A variant's name serves that variant.</summary>
    public static implicit operator ServeDefinition(string variant) => new VariantServe(variant);
}

/// <summary>Serves one variant.</summary>
/// <param name="Variant">Its name.</param>
public sealed record VariantServe(string Variant) : ServeDefinition;

/// <summary>Divides units among variants by weight.</summary>
public sealed record SplitServe : ServeDefinition
{
    /// <summary>The variants and their weights, in the order in which they divide the range.</summary>
    public required IReadOnlyList<WeightedVariant> Weights { get; init; }

    /// <summary>The references whose first unit is hashed; null: the targeting key, or what the enclosing rollout goes by.</summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>What is hashed with the unit; null: the flag's key, or the enclosing rollout's salt.</summary>
    public string? Salt { get; init; }
}

/// <summary>A share of a split.</summary>
/// <param name="Variant">The variant's name.</param>
/// <param name="Weight">Not negative; shares are this over the sum of all.</param>
public sealed record WeightedVariant(string Variant, decimal Weight);

/// <summary>Admits a share of the units; the others get <see cref="Else"/>, or pass on.</summary>
public sealed record RolloutServe : ServeDefinition
{
    /// <summary>What admitted units get: a <see cref="VariantServe"/> or a <see cref="SplitServe"/>.</summary>
    public required ServeDefinition To { get; init; }

    /// <summary>The share admitted, 0 to 100 with at most four decimals; or else <see cref="Steps"/> is given.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Shares by time, ascending; the last step reached counts, and nobody is admitted before the first.</summary>
    public IReadOnlyList<RolloutStep>? Steps { get; init; }

    /// <summary>How the share moves between steps. Default <see cref="RolloutCurve.Step"/>.</summary>
    public RolloutCurve Curve { get; init; }

    /// <summary>The references whose first unit is hashed; null: the targeting key.</summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>What is hashed with the unit; null: the flag's key.</summary>
    public string? Salt { get; init; }

    /// <summary>The variant of units that are not admitted; null: they pass on.</summary>
    public string? Else { get; init; }
}

/// <summary>From <paramref name="At"/> on, <paramref name="Percent"/> of the units are admitted.</summary>
/// <param name="At">When the step is reached.</param>
/// <param name="Percent">0 to 100, with at most four decimals.</param>
public sealed record RolloutStep(DateTimeOffset At, decimal Percent);

/// <summary>How a rollout's share moves between two steps.</summary>
public enum RolloutCurve
{
    /// <summary>It stays until the next step is reached.</summary>
    Step = 0,

    /// <summary>It is interpolated, in whole hundredths of a percent, rounded down.</summary>
    Linear,
}

/// <summary>Splits the units that its layer places in its slots and that no holdout withholds.</summary>
public sealed record ExperimentServe : ServeDefinition
{
    /// <summary>The experiment's key: what is hashed, stored and reported.</summary>
    public required string Key { get; init; }

    /// <summary>The variants and their weights.</summary>
    public required IReadOnlyList<WeightedVariant> Split { get; init; }

    /// <summary>The layer that it shares with experiments which exclude each other; null: everybody takes part.</summary>
    public string? Layer { get; init; }

    /// <summary>The half-open range of the layer that it owns, in millionths; null: all of it.</summary>
    public SlotRange? Slots { get; init; }

    /// <summary>The holdout that keeps units out of it; null: none.</summary>
    public string? Holdout { get; init; }

    /// <summary>The variant of units that do not take part; null: they pass on.</summary>
    public string? Else { get; init; }

    /// <summary>Makes assignments last; null: nothing is stored, and nothing stored counts.</summary>
    public StickyDefinition? Sticky { get; init; }

    /// <summary>The references whose first unit is hashed; null: the targeting key.</summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>What is hashed with the unit; null: the experiment's key.</summary>
    public string? Salt { get; init; }
}

/// <summary>Serves what the first range that holds the unit's position serves.</summary>
public sealed record BucketServe : ServeDefinition
{
    /// <summary>How units are placed.</summary>
    public required BucketingDefinition Bucketing { get; init; }

    /// <summary>The ranges, asked in order.</summary>
    public required IReadOnlyList<BucketShare> Shares { get; init; }

    /// <summary>The variant of units in no range; null: they pass on.</summary>
    public string? Else { get; init; }
}

/// <summary>Asks steps of its own, in order; where none decides, it passes on.</summary>
/// <param name="Steps">The steps.</param>
public sealed record StepsServe(IReadOnlyList<ServeStep> Steps) : ServeDefinition;

/// <summary>A step of a <see cref="StepsServe"/>.</summary>
/// <param name="When">When it applies; null: always.</param>
/// <param name="Serve">What it serves.</param>
public sealed record ServeStep(ConditionDefinition? When, ServeDefinition Serve)
{
    /// <summary>A name for people, shown in explanations; null: it has none.</summary>
    public string? Id { get; init; }
}

/// <summary>
/// Serves the variant that is stored for a unit, and otherwise what <see cref="Serve"/> serves, which is stored then. Units may have several names, such as an
/// account and a device: what is stored under the first counts most, and a new assignment is stored for the first that the context has. Assignments of each version are kept
/// for themselves, as <c>key__version</c> of a unit <c>name||value</c>.
/// </summary>
/// <remarks>After GrowthBook's "Sticky Bucketing", whose documents hold the same.</remarks>
public sealed record StickyServe : ServeDefinition
{
    /// <summary>The experiment's key.</summary>
    public required string Key { get; init; }

    /// <summary>The version at which assignments are stored; 0 or more. One that is stored at another version does not count.</summary>
    public int Version { get; init; }

    /// <summary>Units with an assignment at a lower version than this are kept out: they pass on. 0, as by default: none are; 1,000 at most.</summary>
    public int MinimumVersion { get; init; }

    /// <summary>How the unit is read, and where explanations say that it is placed.</summary>
    public required BucketingDefinition Bucketing { get; init; }

    /// <summary>The names that a unit may have, the one that counts most first.</summary>
    public required IReadOnlyList<StickyUnit> By { get; init; }

    /// <summary>What is stored of each variant.</summary>
    public required IReadOnlyList<StickyVariant> Variants { get; init; }

    /// <summary>Who has nothing stored.</summary>
    public required ServeDefinition Serve { get; init; }
}

/// <summary>One of a unit's names.</summary>
/// <param name="Name">What the unit is stored by, before <c>||</c> and its value.</param>
/// <param name="References">Where the context has it; the first that it has.</param>
public sealed record StickyUnit(string Name, IReadOnlyList<string> References);

/// <summary>What is stored of a variant.</summary>
/// <param name="Name">The text that is stored.</param>
/// <param name="Variant">The variant; null: who has it stored passes on.</param>
/// <param name="IsHonoured">Whether it counts when it is found; otherwise it is only written.</param>
public sealed record StickyVariant(string Name, string? Variant, bool IsHonoured = true);

/// <summary>
/// Serves the variant that an expression names: by a text as it is, by a boolean or a number as JSON writes it. Null passes on; anything
/// else that names no variant ends the flag with <see cref="EvaluationReason.Error"/>.
/// </summary>
/// <param name="Expression">The expression.</param>
public sealed record ExpressionServe(ExpressionDefinition Expression) : ServeDefinition
{
    /// <summary>What the expression sees besides attributes.</summary>
    public ExpressionScope Scope { get; init; } = new();
}

/// <summary>Ends the flag with <see cref="EvaluationReason.Error"/>: an outcome that is malformed, and does no harm until somebody comes there.</summary>
/// <param name="Message">What is wrong, for explanations.</param>
public sealed record AbortServe(string Message) : ServeDefinition;

/// <summary>A half-open range of a layer, 0 to 1,000,000.</summary>
/// <param name="From">The first position in it.</param>
/// <param name="To">The first position after it.</param>
public sealed record SlotRange(int From, int To);

/// <summary>How stored assignments of an experiment count.</summary>
/// <param name="Version">Assignments are stored at this version; one stored at it is served as it is.</param>
/// <param name="MinimumVersion">Units with an assignment stored below it are kept out of the experiment; null: none are.</param>
public sealed record StickyDefinition(int Version, int? MinimumVersion = null);
