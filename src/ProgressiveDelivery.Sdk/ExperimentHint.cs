namespace ProgressiveDelivery.Sdk;

/// <summary>The hint that the units of an experiment give.</summary>
public enum ExperimentHint
{
    /// <summary>
    /// The shares are not tested. The experiment has one variant with a weight, a flag divides it in several ways, or its weights changed while stored
    /// assignments keep the old variants.
    /// </summary>
    NotTested = 0,

    /// <summary>The shares do not contradict the weights so far.</summary>
    NoMismatch,

    /// <summary>
    /// The shares contradict the weights: units of one variant are lost, or counted too often, before the flag is read. Stays until the weights change. A sound
    /// experiment comes to this with a chance of 1 in 1,000 at most, however long it runs.
    /// </summary>
    Mismatch,
}
