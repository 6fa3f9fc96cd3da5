using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>Both arms of a run at a look.</summary>
/// <param name="top">The greatest values; null if nothing is winsorized.</param>
internal sealed class Arms(TopValues? top)
{
    public ArmSums Control { get; } = new();

    public ArmSums Treatment { get; } = new();

    /// <summary>Adds a value other than 0 of a unit.</summary>
    public void Add(ArmSums arm, double value, double other = 0)
    {
        arm.Add(value, other);
        top?.Add(value, arm);
    }

    /// <summary>Returns an arm as a sample, winsorized at the cap of both if values are.</summary>
    public Sample SampleOf(ArmSums arm)
    {
        var (values, squares) = top?.Above(arm, Control.Units + Treatment.Units) ?? (0, 0);
        return arm.Sample(values, squares);
    }
}
