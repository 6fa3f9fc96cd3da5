using BenchmarkDotNet.Attributes;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>
/// Do readers notice that snapshots are compiled and swapped while they ask, about fifty times a second? No memory diagnoser: it would
/// count what the compiling thread allocates.
/// </summary>
public class EvaluateDuringSwaps
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly OurClient _ours = OurClient.Create();
    private readonly SnapshotDefinition _definition = OurFlags.Definition(FlagKeys.Count);
    private readonly FeatureFlag<bool> _flag = new(FlagKeys.Middle(FlagShape.Rollout), fallback: false);
    private volatile bool _isSwapping;

    [GlobalSetup(Target = nameof(Swapped))]
    public void StartSwapping()
    {
        _isSwapping = true;
        _ = Task.Run(SwapAsync);
    }

    [GlobalCleanup(Target = nameof(Swapped))]
    public void StopSwapping() => _isSwapping = false;

    [Benchmark(Baseline = true, OperationsPerInvoke = Callers.Count)]
    public int Undisturbed()
    {
        var on = 0;
        foreach (var context in Callers.Contexts)
            on += _ours.Features.IsEnabled(_flag, context) ? 1 : 0;
        return on;
    }

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int Swapped() => Undisturbed();

    private async Task SwapAsync()
    {
        for (var version = 2; _isSwapping; version++)
        {
            _ours.Replace(_definition with { Version = version });
            await Task.Delay(Interval);
        }
    }
}
