namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>An experiment, for those who hear of its assignments.</summary>
/// <param name="Key">The experiment's key.</param>
/// <param name="Unit">The unit that takes part in it.</param>
internal sealed record CompiledExperiment(string Key, UnitReference Unit)
{
    /// <summary>The way in which it divides its units; null where the rules do not declare it.</summary>
    public ExperimentDesign? Design { get; init; }
}
