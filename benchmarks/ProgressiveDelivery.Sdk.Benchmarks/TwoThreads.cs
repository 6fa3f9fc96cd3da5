using BenchmarkDotNet.Attributes;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>Do two threads get twice as much done as one, on a rollout? Time is the wall's, per evaluation of both together.</summary>
[MemoryDiagnoser]
public class TwoThreads
{
    public const int Rounds = 64;
    private const int Evaluations = Rounds * Callers.Count;

    private readonly Rollout _rollout = new();

    [Benchmark(Baseline = true, OperationsPerInvoke = Evaluations)]
    public void OneThread() => Run(_rollout.ByKey, Rounds);

    [Benchmark(OperationsPerInvoke = Evaluations * 2)]
    public void BothThreads() => Parallel.Invoke(() => Run(_rollout.ByKey, Rounds), () => Run(_rollout.ByKey, Rounds));

    [Benchmark(OperationsPerInvoke = Evaluations * 2)]
    public void FeatureManagementOnBoth() => Parallel.Invoke(() => Run(_rollout.FeatureManagement, Rounds), () => Run(_rollout.FeatureManagement, Rounds));

    private static void Run(Func<int> work, int rounds)
    {
        for (var i = 0; i < rounds; i++)
            work();
    }
}
