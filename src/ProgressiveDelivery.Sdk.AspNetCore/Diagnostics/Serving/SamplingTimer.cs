namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Serving;

/// <summary>Calls a sampler periodically without keeping it alive: that of a host which was dropped without being stopped is collected, and the timer ends.</summary>
internal sealed class SamplingTimer : IDisposable
{
    private readonly WeakReference<ServedSampler> _sampler;
    private readonly ITimer _timer;

    public SamplingTimer(ServedSampler sampler, TimeProvider clock, TimeSpan period)
    {
        _sampler = new(sampler);
        // The request that created the page must not live on in the timer.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
            _timer = clock.CreateTimer(static timer => ((SamplingTimer)timer!).Tick(), this, period, period);
    }

    /// <summary>Ends the calls.</summary>
    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        if (_sampler.TryGetTarget(out var sampler))
            sampler.Sample();
        else
            Dispose();
    }
}
