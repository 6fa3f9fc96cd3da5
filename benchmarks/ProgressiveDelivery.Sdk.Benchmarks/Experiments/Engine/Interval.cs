namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>An interval of a difference.</summary>
internal readonly record struct Interval(double Low, double High)
{
    public bool LeavesOut(double value) => value < Low || value > High;
}
