using BenchmarkDotNet.Attributes;
using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>What does a rule on one attribute cost: one of a list of three?</summary>
[MemoryDiagnoser]
public class AttributeRule
{
    private readonly IFeatureClient _features = OurClient.Create().Features;
    private readonly IVariantFeatureManager _peer = PeerClient.Create();
    private readonly string _key = FlagKeys.Middle(FlagShape.AttributeRule);
    private readonly FeatureFlag<bool> _flag = new(FlagKeys.Middle(FlagShape.AttributeRule), fallback: false);

    [Benchmark(Baseline = true, OperationsPerInvoke = Callers.Count)]
    public int FeatureManagement()
    {
        var on = 0;
        foreach (var caller in Callers.Peers)
            on += PeerClient.Answer(_peer.IsEnabledAsync(_key, caller)) ? 1 : 0;
        return on;
    }

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int ByKey()
    {
        var on = 0;
        foreach (var context in Callers.Contexts)
            on += _features.IsEnabled(_key, context) ? 1 : 0;
        return on;
    }

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int ByHandle()
    {
        var on = 0;
        foreach (var context in Callers.Contexts)
            on += _features.IsEnabled(_flag, context) ? 1 : 0;
        return on;
    }
}
