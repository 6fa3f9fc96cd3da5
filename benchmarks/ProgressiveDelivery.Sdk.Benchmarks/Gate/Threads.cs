using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Benchmarks.Gate;

/// <summary>The wall's time of work on one thread and on two at once.</summary>
internal static class Threads
{
    private const int Repetitions = 15;
    private const int Runs = 200;

    public static (Cost One, Cost Two) Measure(Work work)
    {
        var one = new List<double>(Repetitions);
        var two = new List<double>(Repetitions);
        var bytes = 0L;
        for (var i = 0; i < Repetitions; i++)
        {
            one.Add(Together(work, 1, ref bytes));
            two.Add(Together(work, 2, ref bytes));
        }

        var perOperation = (double)bytes / (Repetitions * 3 * Runs * work.Operations);
        return (new(Samples.Median(one), perOperation), new(Samples.Median(two), perOperation));
    }

    private static double Together(Work work, int threads, ref long bytes)
    {
        using var start = new Barrier(threads);
        var lanes = Enumerable.Range(0, threads).Select(_ => new Lane(work, start)).ToArray();
        foreach (var lane in lanes)
            lane.Thread.Start();
        foreach (var lane in lanes)
            lane.Thread.Join();
        bytes += lanes.Sum(lane => lane.Bytes);
        var wall = Stopwatch.GetElapsedTime(lanes.Min(lane => lane.Started), lanes.Max(lane => lane.Ended));
        return wall.TotalNanoseconds / ((double)threads * Runs * work.Operations);
    }

    private sealed class Lane
    {
        private readonly Work _work;
        private readonly Barrier _start;

        public Lane(Work work, Barrier start)
        {
            _work = work;
            _start = start;
            Thread = new(Run);
        }

        public Thread Thread { get; }

        public long Started { get; private set; }

        public long Ended { get; private set; }

        public long Bytes { get; private set; }

        private void Run()
        {
            _start.SignalAndWait();
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            Started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Runs; i++)
                _work.Run();
            Ended = Stopwatch.GetTimestamp();
            Bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        }
    }
}
