using ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

namespace ProgressiveDelivery.Sdk.Benchmarks.Guards;

/// <summary>The outcomes of simulated requests, one after the other.</summary>
/// <param name="pattern">The pattern that they follow.</param>
/// <param name="random">The random numbers of the run.</param>
internal sealed class Traffic(TrafficPattern pattern, RandomStream random)
{
    private long _outcomes;
    private int _retries;
    private bool _isTreatment;

    /// <summary>Moves to the next outcome that counts.</summary>
    public (bool IsTreatment, bool IsBad) Next()
    {
        while (true)
        {
            var isRetry = _retries > 0;
            if (!isRetry)
                _isTreatment = random.Share() < pattern.Share;
            var isBad = random.Share() < (isRetry && pattern.RetryRate is { } rate ? rate : pattern.Rate(_outcomes, _isTreatment));
            _retries = !isBad || !pattern.Retries(_isTreatment) ? 0 : isRetry ? _retries - 1 : TrafficPattern.MaxRetries;
            _outcomes++;
            if (!isRetry || !pattern.CountsOnce)
                return (_isTreatment, isBad);
        }
    }
}
