using BenchmarkDotNet.Attributes;
using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>What does it cost to build a context of five attributes for each call, and to ask an attribute rule with it?</summary>
[MemoryDiagnoser]
public class ContextPerCall
{
    private readonly IFeatureClient _features = OurClient.Create().Features;
    private readonly IVariantFeatureManager _peer = PeerClient.Create();
    private readonly string[] _users = [.. Callers.Contexts.Select(context => context.TargetingKey!)];
    private readonly string _key = FlagKeys.Middle(FlagShape.AttributeRule);
    private readonly FeatureFlag<bool> _flag = new(FlagKeys.Middle(FlagShape.AttributeRule), fallback: false);

    [Benchmark(Baseline = true, OperationsPerInvoke = Callers.Count)]
    public int FeatureManagement()
    {
        var on = 0;
        foreach (var user in _users)
            on += PeerClient.Answer(_peer.IsEnabledAsync(_key, new PeerCaller { UserId = user, Groups = ["free"], Country = "NL" })) ? 1 : 0;
        return on;
    }

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int OnTheStack()
    {
        var on = 0;
        foreach (var user in _users)
        {
            var context = new StackContext(user);
            context.Set("country", "NL");
            context.Set("appVersion", "4.2.0");
            context.Set("plan", "free");
            context.Set("age", 42);
            context.Set("beta", false);
            on += _features.IsEnabled(_flag, in context) ? 1 : 0;
        }

        return on;
    }

    [Benchmark(OperationsPerInvoke = Callers.Count)]
    public int OnTheHeap()
    {
        var on = 0;
        foreach (var user in _users)
        {
            var context = new EvaluationContext(user) { ["country"] = "NL", ["appVersion"] = "4.2.0", ["plan"] = "free", ["age"] = 42, ["beta"] = false };
            on += _features.IsEnabled(_flag, context) ? 1 : 0;
        }

        return on;
    }
}
