using Polly;
using Polly.Retry;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>The default for repeating the attempts of one poll.</summary>
internal static class AttemptResilience
{
    public static ResiliencePipeline ForPolls(TimeProvider time, Random random) => new ResiliencePipelineBuilder
    {
        Name = nameof(ProgressiveDelivery),
        TimeProvider = time,
    }
        .AddRetry(Retry(random))
        .Build();

    private static RetryStrategyOptions Retry(Random random) => new()
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
