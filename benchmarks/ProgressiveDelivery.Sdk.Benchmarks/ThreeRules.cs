using BenchmarkDotNet.Attributes;
using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>What does a multivariate flag cost whose three rules all run: a list, a semantic version, a weighted split?</summary>
[MemoryDiagnoser]
public class ThreeRules
{
    private readonly IFeatureClient _features = OurClient.Create().Features;
    private readonly IVariantFeatureManager _peer = PeerClient.Create();
    private readonly string _key = FlagKeys.Middle(FlagShape.ThreeRules);
    private readonly FeatureFlag<string> _flag = new(FlagKeys.Middle(FlagShape.ThreeRules), fallback: "");

    [Benchmark(Baseline = true, OperationsPerInvoke = Callers.FewCount)]
    public int FeatureManagement()
    {
        var length = 0;
        foreach (var caller in Callers.FewPeers)
            length += PeerClient.Answer(_peer.GetVariantAsync(_key, caller)).Configuration.Value!.Length;
        return length;
    }

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int ByKey()
    {
        var length = 0;
        foreach (var context in Callers.Contexts)
            length += _features.GetString(_key, context, "").Length;
        return length;
    }

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int ByHandle()
    {
        var length = 0;
        foreach (var context in Callers.Contexts)
            length += _features.Get(_flag, context).Length;
        return length;
    }
}
