using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Benchmarks.Gate;

/// <summary>Repeated timings of one work, each long enough for the clock.</summary>
internal sealed class Samples
{
    private readonly Work _work;
    private readonly int _runs;
    private readonly bool _isShort;
    private readonly List<double> _nanoseconds = [];
    private long _bytes;

    public Samples(Work work, TimeSpan batch)
    {
        _work = work;
        var start = Stopwatch.GetTimestamp();
        work.Run();
        _isShort = Stopwatch.GetElapsedTime(start) < batch * 10;
        _runs = Measurement.RunFor(work, batch);
    }

    public Cost Cost => new(Median(_nanoseconds), _bytes / ((double)_nanoseconds.Count * _runs * _work.Operations));

    public void Take()
    {
        if (_isShort)
            _work.Run();    // What the other side pushed out of the caches comes back.
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < _runs; i++)
            _work.Run();
        var elapsed = Stopwatch.GetElapsedTime(start);
        _bytes += GC.GetAllocatedBytesForCurrentThread() - bytes;
        _nanoseconds.Add(elapsed.TotalNanoseconds / ((double)_runs * _work.Operations));
    }

    public static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
