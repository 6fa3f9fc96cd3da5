using BenchmarkDotNet.Attributes;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>What does an explanation cost, next to the answer alone? It allocates by its nature: it is a tree for people.</summary>
[MemoryDiagnoser]
public class Explain
{
    private readonly IFeatureClient _features = OurClient.Create().Features;
    private readonly string _key = FlagKeys.Middle(FlagShape.ThreeRules);

    [Benchmark(Baseline = true)]
    public string Answer() => _features.GetString(_key, Callers.Context, "");

    [Benchmark]
    public Explanation Explanation() => _features.Explain(_key, Callers.Context);

    [Benchmark]
    public string Text() => _features.Explain(_key, Callers.Context).ToString();
}
