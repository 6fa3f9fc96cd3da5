using BenchmarkDotNet.Attributes;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>What does a new document cost before it may be put in force: read, compiled, its assertions run?</summary>
[MemoryDiagnoser]
public class CompileFlags
{
    private readonly DocumentAcceptance _acceptance = new();
    private readonly byte[] _thousand = OurFlags.Document(1_000);
    private readonly byte[] _tenThousand = OurFlags.Document(10_000);

    [Benchmark(Baseline = true)]
    public bool Thousand() => _acceptance.Accepts(_thousand);

    /// <summary>It reads a definition when its flag is first asked, so each is asked once.</summary>
    [Benchmark]
    public int FeatureManagement()
    {
        var peer = PeerClient.Create();
        var known = 0;
        foreach (var (key, _) in FlagKeys.All(1_000))
            known += PeerClient.Answer(peer.IsEnabledAsync(key, Callers.Peer)) ? 1 : 0;
        return known;
    }

    [Benchmark]
    public bool TenThousand() => _acceptance.Accepts(_tenThousand);
}
