using BenchmarkDotNet.Attributes;
using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>What does a flag cost that is simply on, by key and by handle?</summary>
[MemoryDiagnoser]
public class FlagOn
{
    public const int Calls = 1_024;

    private readonly IFeatureClient _features = OurClient.Create().Features;
    private readonly IVariantFeatureManager _peer = PeerClient.Create();
    private readonly string _key = FlagKeys.Middle(FlagShape.On);
    private readonly FeatureFlag<bool> _flag = new(FlagKeys.Middle(FlagShape.On), fallback: false);

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int FeatureManagement()
    {
        var on = 0;
        for (var i = 0; i < Calls; i++)
            on += PeerClient.Answer(_peer.IsEnabledAsync(_key)) ? 1 : 0;
        return on;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int ByKey()
    {
        var on = 0;
        for (var i = 0; i < Calls; i++)
            on += _features.IsEnabled(_key, Callers.Context) ? 1 : 0;
        return on;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int ByHandle()
    {
        var on = 0;
        for (var i = 0; i < Calls; i++)
            on += _features.IsEnabled(_flag, Callers.Context) ? 1 : 0;
        return on;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int WithReason()
    {
        var on = 0;
        for (var i = 0; i < Calls; i++)
            on += _features.Evaluate(_flag, Callers.Context).Value ? 1 : 0;
        return on;
    }
}
