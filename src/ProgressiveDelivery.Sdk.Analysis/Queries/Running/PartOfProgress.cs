namespace ProgressiveDelivery.Sdk.Analysis.Queries.Running;

/// <summary>Reports the last part of a progress.</summary>
/// <param name="whole">The whole.</param>
/// <param name="start">The share that is done when the part begins.</param>
internal sealed class PartOfProgress(IProgress<double> whole, double start) : IProgress<double>
{
    public void Report(double value) => whole.Report(start + (value * (1 - start)));
}
