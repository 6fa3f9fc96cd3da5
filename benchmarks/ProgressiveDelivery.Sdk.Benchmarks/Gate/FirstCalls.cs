using ProgressiveDelivery.Sdk.Benchmarks.Workloads;

namespace ProgressiveDelivery.Sdk.Benchmarks.Gate;

/// <summary>The bytes of the very first evaluations of a snapshot that has just been put in force, of every kind of flag.</summary>
internal static class FirstCalls
{
    private const int Swaps = 16;

    private static readonly FeatureFlag<bool> Handle = new(FlagKeys.Middle(FlagShape.Rollout), fallback: false);
    private static readonly string[] Booleans = [FlagKeys.Middle(FlagShape.On), FlagKeys.Middle(FlagShape.AttributeRule), FlagKeys.Middle(FlagShape.Rollout)];
    private static readonly string Text = FlagKeys.Middle(FlagShape.ThreeRules);

    public static long Bytes()
    {
        var ours = OurClient.Create();
        Evaluate(ours.Features);    // The code's own first call is another matter.

        var bytes = 0L;
        for (var version = 2; version < 2 + Swaps; version++)
        {
            ours.Swap(OurFlags.Definition(FlagKeys.Count, version));
            var before = GC.GetAllocatedBytesForCurrentThread();
            Evaluate(ours.Features);
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return bytes;
    }

    private static void Evaluate(IFeatureClient features)
    {
        var user = new StackContext("user-1");
        user.Set("country", "NL");
        user.Set("age", 42);
        features.IsEnabled(Handle, Callers.Context);
        features.IsEnabled(Handle, in user);
        foreach (var key in Booleans)
            features.IsEnabled(key, Callers.Context);
        features.GetString(Text, Callers.Context, "");
        features.EvaluateString(Text, Callers.Context, "");
    }
}
