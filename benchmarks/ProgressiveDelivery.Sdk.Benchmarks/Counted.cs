using BenchmarkDotNet.Attributes;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>What does it cost to count what flags serve, for somebody who is told?</summary>
[MemoryDiagnoser]
public class Counted
{
    private readonly IFeatureClient _uncounted = OurClient.Create().Features;
    private readonly IFeatureClient _counted = OurClient.CreateCounted().Features;
    private readonly FeatureFlag<bool> _flag = new(FlagKeys.Middle(FlagShape.Rollout), fallback: false);
    private readonly FeatureFlag<bool> _counts = new(FlagKeys.Middle(FlagShape.Rollout), fallback: false);

    [Benchmark(Baseline = true, OperationsPerInvoke = Callers.Count)]
    public int RolloutUncounted() => Ask(_uncounted, _flag);

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int Rollout() => Ask(_counted, _counts);

    private static int Ask(IFeatureClient features, FeatureFlag<bool> flag)
    {
        var on = 0;
        foreach (var context in Callers.Contexts)
            on += features.IsEnabled(flag, context) ? 1 : 0;
        return on;
    }
}
