using BenchmarkDotNet.Attributes;
using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>What does asking for a flag cost that nobody defined?</summary>
[MemoryDiagnoser]
public class UnknownFlag
{
    public const int Calls = 1_024;

    private readonly IFeatureClient _features = OurClient.Create().Features;
    private readonly IVariantFeatureManager _peer = PeerClient.Create();

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int FeatureManagement()
    {
        var on = 0;
        for (var i = 0; i < Calls; i++)
            on += PeerClient.Answer(_peer.IsEnabledAsync(FlagKeys.Unknown)) ? 1 : 0;
        return on;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public int ByKey()
    {
        var on = 0;
        for (var i = 0; i < Calls; i++)
            on += _features.IsEnabled(FlagKeys.Unknown, Callers.Context) ? 1 : 0;
        return on;
    }
}
