namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>The faults of an experiment that are reported once.</summary>
[Flags]
internal enum ExperimentFaults
{
    None = 0,

    /// <summary>Units are not divided as the weights say.</summary>
    Mismatch = 1,

    /// <summary>A unit was given several variants.</summary>
    Crossover = 2,

    /// <summary>A unit was given a variant that the weights assign to no unit.</summary>
    Unassigned = 4,
}
