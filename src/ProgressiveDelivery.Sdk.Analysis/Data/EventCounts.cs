namespace ProgressiveDelivery.Sdk.Analysis.Data;

/// <summary>
/// The number of lines in event files, and of events in them, by what became of them. Each line and each event is counted under the first name that fits. Immutable.
/// </summary>
public sealed record EventCounts
{
    /// <summary>The lines that are not empty. For events from a table, its rows: a table has neither partial nor invalid lines.</summary>
    public long Lines { get; init; }

    /// <summary>The last lines of files that were cut off.</summary>
    public long PartialLines { get; init; }

    /// <summary>The lines that are not a JSON object.</summary>
    public long InvalidLines { get; init; }

    /// <summary>The objects that are neither an exposure nor an outcome, such as counts.</summary>
    public long UnknownTypes { get; init; }

    /// <summary>The events with a required field that is missing, empty or of the wrong type.</summary>
    public long InvalidEvents { get; init; }

    /// <summary>The valid exposures.</summary>
    public long Exposures { get; init; }

    /// <summary>The exposures whose id was seen before.</summary>
    public long DuplicateExposures { get; init; }

    /// <summary>The exposures of other experiments.</summary>
    public long ExposuresOfOtherExperiments { get; init; }

    /// <summary>The exposures of other unit kinds.</summary>
    public long ExposuresOfOtherUnitKinds { get; init; }

    /// <summary>The exposures of variants that the plan does not have.</summary>
    public long ExposuresOfUnknownVariants { get; init; }

    /// <summary>The exposures before the start or at or after the end.</summary>
    public long ExposuresOutsideWindow { get; init; }

    /// <summary>The exposures that count.</summary>
    public long ExposuresKept { get; init; }

    /// <summary>The units with an exposure that counts.</summary>
    public long Units { get; init; }

    /// <summary>The units that were exposed to two variants or more. They take no part.</summary>
    public long CrossoverUnits { get; init; }

    /// <summary>The valid outcomes.</summary>
    public long Outcomes { get; init; }

    /// <summary>The outcomes whose id was seen before.</summary>
    public long DuplicateOutcomes { get; init; }

    /// <summary>The outcomes of other unit kinds.</summary>
    public long OutcomesOfOtherUnitKinds { get; init; }

    /// <summary>The outcomes that no metric of the plan takes, be it for their name, value or attributes.</summary>
    public long OutcomesOfOtherMetrics { get; init; }

    /// <summary>The outcomes of units without an exposure that counts.</summary>
    public long OutcomesOfUnexposedUnits { get; init; }

    /// <summary>The outcomes of crossovers.</summary>
    public long OutcomesOfCrossoverUnits { get; init; }

    /// <summary>The outcomes before the unit's first exposure.</summary>
    public long OutcomesBeforeExposure { get; init; }

    /// <summary>The outcomes after the window: the longest one among the metrics that take the outcome.</summary>
    public long OutcomesAfterWindow { get; init; }

    /// <summary>The outcomes between the first exposure and the end of the longest window among the metrics that take them.</summary>
    public long OutcomesKept { get; init; }

    /// <summary>The outcomes before the first exposure that add to a covariate.</summary>
    public long OutcomesUsedAsCovariate { get; init; }
}
