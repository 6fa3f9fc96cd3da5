namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>The pauses before polls: the first time any part of the interval, then the interval give or take 10 %.</summary>
internal sealed class PollingPace(TimeSpan interval, Random random)
{
    private const double Jitter = 0.1;

    private bool _isUnderWay;

    public TimeSpan Next()
    {
        var share = random.NextDouble();
        if (_isUnderWay) return interval * (1 + (Jitter * ((2 * share) - 1)));

        _isUnderWay = true;
        return interval * share;
    }
}
