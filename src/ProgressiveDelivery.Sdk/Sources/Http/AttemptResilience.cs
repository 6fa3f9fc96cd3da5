using Polly;
using Polly.Retry;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>How the attempts of one poll are repeated.</summary>
internal static class AttemptResilience
{
    public static ResiliencePipeline Build(HttpSourceOptions options, TimeProvider time, Random random)
    {
        var builder = new ResiliencePipelineBuilder { Name = nameof(ProgressiveDelivery), TimeProvider = time };
        if (options.Resilience is { } configure) configure(builder);
        else builder.AddRetry(Default(random));
        return builder.Build();
    }

    private static RetryStrategyOptions Default(Random random) => new()
    {
        ShouldHandle = new PredicateBuilder().Handle<SnapshotSourceException>(IsTransient),
        MaxRetryAttempts = 2,
        Delay = TimeSpan.FromMilliseconds(500),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Randomizer = random.NextDouble,
    };

    private static bool IsTransient(SnapshotSourceException fault) =>
        fault is { Kind: FeatureClientFaultKind.Unreachable, RetryAfter: null, HttpStatus: null or 408 or >= 500 };
}
