using BenchmarkDotNet.Attributes;
using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>What do all 1,000 flags cost for one context, per flag: asked one by one, and as the list for a front end?</summary>
[MemoryDiagnoser]
public class AllFlags
{
    private readonly IFeatureClient _features = OurClient.Create().Features;
    private readonly IVariantFeatureManager _peer = PeerClient.Create();
    private readonly string[] _booleans = [.. FlagKeys.All(FlagKeys.Count).Where(flag => flag.Shape != FlagShape.ThreeRules).Select(flag => flag.Key)];
    private readonly string[] _texts = [.. FlagKeys.All(FlagKeys.Count).Where(flag => flag.Shape == FlagShape.ThreeRules).Select(flag => flag.Key)];

    [Benchmark(Baseline = true, OperationsPerInvoke = FlagKeys.Count)]
    public int FeatureManagement()
    {
        var sum = 0;
        foreach (var key in _booleans)
            sum += PeerClient.Answer(_peer.IsEnabledAsync(key, Callers.Peer)) ? 1 : 0;
        foreach (var key in _texts)
            sum += PeerClient.Answer(_peer.GetVariantAsync(key, Callers.Peer)).Configuration.Value!.Length;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = FlagKeys.Count)]
    public int ByKey()
    {
        var sum = 0;
        foreach (var key in _booleans)
            sum += _features.IsEnabled(key, Callers.Context) ? 1 : 0;
        foreach (var key in _texts)
            sum += _features.GetString(key, Callers.Context, "").Length;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = FlagKeys.Count)]
    public int ForFrontEnd()
    {
        var sum = 0;
        foreach (var flag in _features.GetFrontEndFlags(Callers.Context))
            sum += flag.Variant.Length;
        return sum;
    }
}
