using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Serving;

/// <summary>
/// Samples the cumulative counts of a client every ten seconds: what each flag served in the last minute, and the evaluations per second of the last 15 minutes. Its memory is bounded by the counts
/// of the client, six times. Safe to use from any thread; <see cref="Dispose"/> stops it.
/// </summary>
internal sealed class ServedSampler : IDisposable
{
    private const int MinuteSamples = 6;
    private const int MaxRates = 90;

    // Bounds the memory even if a client counts without one: flags have a few variants and reasons each.
    private const int MaxCounts = 200_000;

    private readonly IFeatureDiagnostics _diagnostics;
    private readonly TimeProvider _clock;
    private readonly SamplingTimer _timer;
    private readonly object _gate = new();
    private readonly Queue<(TimeSpan Elapsed, ServedDelta[] Deltas)> _samples = new();
    private readonly Queue<(DateTimeOffset At, double PerSecond)> _rates = new();
    private Dictionary<(string, string?, EvaluationReason), long> _last = [];
    private long _sampledAt;
    private volatile ServedMinute _minute = new(TimeSpan.Zero, []);
    private volatile IReadOnlyList<(DateTimeOffset At, double PerSecond)> _perSecond = [];

    /// <summary>Begins to count and to sample.</summary>
    public ServedSampler(IFeatureDiagnostics diagnostics, TimeProvider clock)
    {
        (_diagnostics, _clock) = (diagnostics, clock);
        diagnostics.CountServed();
        Advance(diagnostics.Served);
        _sampledAt = clock.GetTimestamp();
        _timer = new(this, clock, Period);
    }

    /// <summary>The time between two samples.</summary>
    public static TimeSpan Period { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The answers that each flag served in the last minute.</summary>
    public ServedMinute LastMinute => _minute;

    /// <summary>The evaluations per second of the last 15 minutes, the oldest first: a value for each sample, with the time of its end.</summary>
    public IReadOnlyList<(DateTimeOffset At, double PerSecond)> PerSecond => _perSecond;

    /// <summary>Stops the sampling. What was sampled stays readable.</summary>
    public void Dispose() => _timer.Dispose();

    /// <summary>Takes a sample. A client that cannot be read costs one sample: the next one covers its time too.</summary>
    internal void Sample()
    {
        // A sample that takes longer than the period is not overtaken.
        if (!Monitor.TryEnter(_gate))
            return;
        try
        {
            Take(_diagnostics.Served);
        }
        catch (Exception)       // On a thread of the timer it would end the process. The gap in the chart shows it.
        {
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    private void Take(IReadOnlyList<Sdk.Diagnostics.ServedCount> counts)
    {
        var elapsed = _clock.GetElapsedTime(_sampledAt);
        if (elapsed <= TimeSpan.Zero)
            return;
        var deltas = Advance(counts);
        _sampledAt = _clock.GetTimestamp();
        _samples.Enqueue((elapsed, deltas));
        while (_samples.Count > MinuteSamples || (_samples.Count > 1 && _samples.Skip(1).Sum(static sample => sample.Elapsed.TotalSeconds) >= 60))
            _samples.Dequeue();
        _rates.Enqueue((_clock.GetUtcNow(), deltas.Sum(static delta => (double)delta.Count) / elapsed.TotalSeconds));
        while (_rates.Count > MaxRates)
            _rates.Dequeue();
        _minute = new(new(_samples.Sum(static sample => sample.Elapsed.Ticks)), [.. _samples.Select(static sample => sample.Deltas)]);
        _perSecond = [.. _rates];
    }

    // Counts of flags that are gone are forgotten; a count that fell has begun anew.
    private ServedDelta[] Advance(IReadOnlyList<Sdk.Diagnostics.ServedCount> counts)
    {
        var next = new Dictionary<(string, string?, EvaluationReason), long>(Math.Min(counts.Count, MaxCounts));
        var deltas = new List<ServedDelta>();
        foreach (var count in counts.Take(MaxCounts))
        {
            var key = (count.Flag, count.Variant, count.Reason);
            next[key] = count.Count;
            var before = _last.GetValueOrDefault(key);
            var delta = count.Count >= before ? count.Count - before : count.Count;
            if (delta > 0)
                deltas.Add(new(count.Flag, count.Variant, count.Reason, delta));
        }

        _last = next;
        return [.. deltas];
    }
}
