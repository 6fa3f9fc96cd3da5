namespace ProgressiveDelivery.Sdk;

/// <summary>
/// The health of one experiment, as this process sees it: the units of its variants against the weights. A hint and no verdict, since other processes see other
/// units. Counts of units begin anew when weights, salt, unit or sticky version change, and when the process starts.
/// </summary>
public sealed record ExperimentHealth
{
    /// <summary>The experiment's key.</summary>
    public required string Experiment { get; init; }

    /// <summary>The flag that the experiment decides.</summary>
    public required string Flag { get; init; }

    /// <summary>The time at which the first unit was counted under the weights in force.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The variants, in the order of the split.</summary>
    public required IReadOnlyList<ExperimentVariantHealth> Variants { get; init; }

    /// <summary>
    /// The number of units, each counted at its first exposure and never again. Exact until <c>ExposureOptions.Remembered</c> is exceeded or the weights change;
    /// from then on a sample of at most 262,144 units, drawn without regard to their variants.
    /// </summary>
    public long Units { get; init; }

    /// <summary>
    /// The natural logarithm of the evidence (e-value) against the weights at this moment: about 0 without evidence, 6.9 and more for a mismatch, infinite if a
    /// variant without a weight has units.
    /// </summary>
    public double LogEvidence { get; init; }

    /// <summary>The smallest p-value so far of the hypothesis that units are divided as the weights say; 1 at first. It holds however often it is read.</summary>
    public double PValue { get; init; } = 1;

    /// <summary>
    /// The number of units that were given several variants of the experiment in this process, by a change of weights or salt, or by a store of assignments that
    /// forgot. Over all weights. An analysis leaves them out.
    /// </summary>
    public long Crossovers { get; init; }

    /// <summary>The number of units that were given a variant that the weights in force assign to no unit, such as one that a store of assignments remembers.</summary>
    public long Unassigned { get; init; }

    /// <summary>The hint that follows from the counts.</summary>
    public ExperimentHint Hint { get; init; }
}
