using System.Diagnostics;
using System.Globalization;
using ProgressiveDelivery.Sdk.Soak.Backend;
using ProgressiveDelivery.Sdk.Soak.Events;
using ProgressiveDelivery.Sdk.Soak.Measuring;

namespace ProgressiveDelivery.Sdk.Soak;

/// <summary>Tells how it goes, a line at a time, and how it went.</summary>
internal sealed class Report(IReadOnlyList<Worker> workers, PageMaker pages, RefreshCounts refreshes, FlappingServer server, Season season, EventTraffic events)
{
    private const double Megabyte = 1024 * 1024;

    private (TimeSpan At, long Count) _previous;

    public static void Head() => Line(
        $"{"time",7} {"M evals/s",9} {"p50 ns",7} {"p99 ns",7} {"p99.9 ns",8} {"max ms",7} {"B/eval",7} {"heap MB",8} {"WS MB",6} {"hndl",5} {"sock",5} {"thrd",5} {"GC 0/1/2",11} {"applied",8} {"refused",8} {"failed",7} {"streams",8} {"polls",6} {"wrong",6} {"sent",10} {"aggr",9} {"lost",8}  weather, sink");

    public void Row(Footprint footprint)
    {
        var all = new LatencyHistogram();
        foreach (var worker in workers)
            all.AddAll(worker.Latencies);
        var rate = (all.Count - _previous.Count) / (footprint.At - _previous.At).TotalSeconds / 1e6;
        _previous = (footprint.At, all.Count);
        var status = events.Status;
        Line($"{footprint.At.TotalSeconds,6:F0}s {rate,9:F2} {Nanoseconds(all.At(0.5)),7:F0} {Nanoseconds(all.At(0.99)),7:F0} {Nanoseconds(all.At(0.999)),8:F0} {Nanoseconds(all.Longest) / 1e6,7:F2} {PerEvaluation(all.Count),7:F4} {footprint.Heap / Megabyte,8:F1} {footprint.WorkingSet / Megabyte,6:F0} {footprint.Handles,5} {footprint.Sockets,5} {footprint.Threads,5} {Collections(),11} {refreshes.Of("applied"),8} {refreshes.Of("refused"),8} {refreshes.Of("failed"),7} {server.Streams,8} {server.Polls,6} {workers.Sum(worker => worker.Wrong),6} {status.Sent,10} {status.Aggregated,9} {status.Lost,8}  {server.Weather}, {events.Mood}");
    }

    public void Summary(SoakOptions options)
    {
        var count = workers.Sum(worker => worker.Latencies.Count);
        Line($"{count:N0} evaluations on {workers.Count} threads in {options.Minutes} minutes, of snapshots of {options.Flags} flags; {season.Kills} kills and {season.Poisons} poisoned events sent; {server.Streams} streams opened, {server.Polls} polls answered.");
        Line($"Allocated by evaluations: {workers.Sum(worker => worker.Allocated)} bytes; {pages.Made} objects of the JSON flag were made, one a snapshot, on another thread. Reading the clock for a measurement takes {Overhead():F0} ns of each latency.");
    }

    public static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private double PerEvaluation(long count) => workers.Sum(worker => worker.Allocated) / (double)Math.Max(count, 1);

    private static string Collections() => $"{GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}";

    private static double Nanoseconds(long ticks) => ticks * 1e9 / Stopwatch.Frequency;

    // The median of empty measurements.
    private static double Overhead()
    {
        var empty = new LatencyHistogram();
        for (var i = 0; i < 1_000_000; i++)
        {
            var start = Stopwatch.GetTimestamp();
            empty.Add(Stopwatch.GetTimestamp() - start);
        }

        return Nanoseconds(empty.At(0.5));
    }
}
