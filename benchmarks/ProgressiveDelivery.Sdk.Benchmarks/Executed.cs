using BenchmarkDotNet.Attributes;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>The cost of a call whose code a flag chooses, over that of the evaluation alone; and of recording an outcome.</summary>
[MemoryDiagnoser]
public class Executed
{
    private static readonly TimeSpan Elapsed = TimeSpan.FromMilliseconds(1);

    private readonly IFeatureClient _features = OurClient.Create().Features;
    private readonly FeatureFlag<bool> _flag = new(FlagKeys.Middle(FlagShape.Rollout), fallback: false);
    private readonly OutcomeSlot _slot = new(new OutcomeLedger(), "checkout", "on", []);

    [Benchmark(Baseline = true, OperationsPerInvoke = Callers.Count)]
    public int Evaluated()
    {
        var on = 0;
        foreach (var context in Callers.Contexts)
            on += _features.IsEnabled(_flag, context) ? 1 : 0;
        return on;
    }

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int Async()
    {
        var on = 0;
        foreach (var context in Callers.Contexts)
            on += PeerClient.Answer(_features.ExecuteAsync(_flag, context, 1, static (one, _) => new ValueTask<int>(one), static (_, _) => new(0)));
        return on;
    }

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int Synchronous()
    {
        var on = 0;
        foreach (var context in Callers.Contexts)
            on += _features.Execute(_flag, context, 1, static (one, _) => one, static (_, _) => 0);
        return on;
    }

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int Recorded()
    {
        for (var call = 0; call < Callers.Count; call++)
            _slot.Record(OutcomeResult.Success, Elapsed);
        return Callers.Count;
    }
}
