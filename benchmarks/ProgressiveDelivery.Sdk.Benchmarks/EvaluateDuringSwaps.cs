using BenchmarkDotNet.Attributes;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>Do readers notice that snapshots are swapped under them? A rollout, with and without a swap before every 1,024 calls.</summary>
[MemoryDiagnoser]
public class EvaluateDuringSwaps
{
    private readonly OurClient _ours;
    private readonly FeatureSnapshot[] _snapshots;
    private readonly FeatureFlag<bool> _flag = new(FlagKeys.Middle(FlagShape.Rollout), fallback: false);
    private int _next;

    public EvaluateDuringSwaps()
    {
        _ours = OurClient.Create();
        _snapshots = [.. Enumerable.Range(1, 8).Select(version => _ours.Compile(OurFlags.Definition(FlagKeys.Count, version)))];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Callers.Count)]
    public int Undisturbed()
    {
        var on = 0;
        foreach (var context in Callers.Contexts)
            on += _ours.Features.IsEnabled(_flag, context) ? 1 : 0;
        return on;
    }

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int Swapped()
    {
        _ours.Swap(_snapshots[_next++ % _snapshots.Length]);
        return Undisturbed();
    }
}
