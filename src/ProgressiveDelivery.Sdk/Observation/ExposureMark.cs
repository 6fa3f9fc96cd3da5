namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>The hashes of an exposure: variant, experiment, rule and weights.</summary>
/// <param name="State">The variant, the experiment and the rule: another state is another exposure.</param>
/// <param name="Experiment">The experiment.</param>
/// <param name="Variant">The variant; the lowest bit is set if the unit had another one of the same experiment before.</param>
/// <param name="Design">The weights under which it was assigned; 0 outside of experiments that declare them.</param>
internal readonly record struct ExposureMark(ulong State, uint Experiment, uint Variant, uint Design)
{
    private const uint CrossedBit = 1;

    /// <summary>Creates the mark of an exposure from 64-bit hashes.</summary>
    public static ExposureMark Of(ulong variant, ulong experiment, ulong rule, uint design) =>
        new(variant ^ (experiment * 3) ^ (rule * 5), (uint)experiment, (uint)variant & ~CrossedBit, design);

    /// <summary>Indicates whether the unit was given several variants of the experiment.</summary>
    public bool HasCrossed => (Variant & CrossedBit) != 0;

    /// <summary>Returns this mark, with what was known of the unit before.</summary>
    public ExposureMark After(in ExposureMark last) => last.State != 0 && last.Experiment == Experiment && (last.HasCrossed || last.Variant != Variant)
        ? this with { Variant = Variant | CrossedBit }
        : this;

    /// <summary>Returns the change that this exposure makes.</summary>
    /// <param name="last">The last one of the unit; the default if none is remembered.</param>
    /// <param name="hasForgotten">True if exposures of any unit were forgotten.</param>
    public ExposureChange ChangeFrom(in ExposureMark last, bool hasForgotten) =>
        new(Design != last.Design, hasForgotten || last.Design != 0, HasCrossed && !last.HasCrossed);
}
