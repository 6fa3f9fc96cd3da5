namespace ProgressiveDelivery.Sdk.Analysis;

/// <summary>The exception that is thrown for a plan that cannot be analyzed. It lists all faults of the plan at once.</summary>
public sealed class ExperimentPlanException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="faults">The faults, one sentence or two each: the thing, what is wrong with it, and what to do.</param>
    public ExperimentPlanException(IReadOnlyList<string> faults)
        : base(Describe(faults)) => Faults = faults;

    /// <summary>The faults, in the order of the plan. There is at least one.</summary>
    public IReadOnlyList<string> Faults { get; }

    private static string Describe(IReadOnlyList<string> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        return faults.Count == 1
            ? $"The plan of the experiment cannot be analyzed. {faults[0]}"
            : $"The plan of the experiment cannot be analyzed, for {faults.Count} reasons:{string.Concat(faults.Select(fault => $"{Environment.NewLine}- {fault}"))}";
    }
}
