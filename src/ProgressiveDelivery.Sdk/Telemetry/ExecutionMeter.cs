using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ProgressiveDelivery.Sdk.Telemetry;

/// <summary>The instruments of the calls that flags choose the code of, for one client. Counts are read when they are collected; durations cost nothing without a listener.</summary>
internal sealed class ExecutionMeter
{
#if NET9_0_OR_GREATER
    // From a cache's answer to a call that is about to time out. Before .NET 9 an instrument cannot advise its buckets.
    private static readonly InstrumentAdvice<double> Durations =
        new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };
#endif

    private readonly KeyValuePair<string, object?> _client;
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;

    public ExecutionMeter(IMeterFactory meters, string client)
    {
        _client = new("client", client);
        _meter = meters.Create(FeatureMeter.Name);
        _duration = CreateDuration(_meter, "progressive_delivery.execution.duration", "s", "The time of calls with the variant that they were given, without the fallback to control.");
    }

    /// <summary>Measures the counts of calls and fallbacks.</summary>
    public void Observe(Func<IEnumerable<(string Flag, string Variant, string Result, long Count)>> calls, Func<IEnumerable<(string Flag, string Variant, long Count)>> fallbacks)
    {
        _meter.CreateObservableCounter("progressive_delivery.executions", () => calls().Select(Measure), "{execution}", "Calls by flag, the variant that they were given, and result: ok, failed, canceled.");
        _meter.CreateObservableCounter("progressive_delivery.execution.fallbacks", () => fallbacks().Select(Measure), "{execution}", "Calls that control answered because the treatment had failed, by flag and the variant that they were given.");
    }

    /// <summary>Records the time of a call. A listener that throws costs its measurement, and not the caller's result.</summary>
    public void Ended(string flag, string variant, TimeSpan elapsed)
    {
        if (!_duration.Enabled)
            return;
        try
        {
            _duration.Record(elapsed.TotalSeconds, new TagList([_client, new("flag", flag), new("variant", variant)]));
        }
        catch (Exception)
        {
            // There is nowhere to report it.
        }
    }

    private Measurement<long> Measure((string Flag, string Variant, string Result, long Count) calls) =>
        new(calls.Count, _client, new("flag", calls.Flag), new("variant", calls.Variant), new("result", calls.Result));

    private Measurement<long> Measure((string Flag, string Variant, long Count) fallbacks) =>
        new(fallbacks.Count, _client, new("flag", fallbacks.Flag), new("variant", fallbacks.Variant));

    private static Histogram<double> CreateDuration(Meter meter, string name, string unit, string description) =>
#if NET9_0_OR_GREATER
        meter.CreateHistogram(name, unit, description, tags: null, Durations);
#else
        meter.CreateHistogram<double>(name, unit, description);
#endif
}
