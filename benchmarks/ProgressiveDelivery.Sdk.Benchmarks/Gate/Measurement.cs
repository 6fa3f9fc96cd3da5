using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Benchmarks.Gate;

/// <summary>
/// Times work on a machine that others use too: ours and the peer's in turn, so that a slow moment hits both, and the median of many
/// short repetitions.
/// </summary>
internal static class Measurement
{
    private const int Repetitions = 61;

    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(2);

    /// <summary>Runs work until the compiler has nothing left to improve: it instruments and recompiles what is called often, after pauses.</summary>
    public static void WarmUp(IEnumerable<Work> works, TimeSpan each)
    {
        const int rounds = 4;
        var all = works.Distinct().ToArray();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var work in all)
                RunFor(work, each / rounds);
            Thread.Sleep(150);
        }
    }

    /// <summary>Costs of ours and, where there is one, of the peer's.</summary>
    public static (Cost Ours, Cost? Peer) Measure(Workload workload, int repetitions = Repetitions)
    {
        var ours = new Samples(workload.Ours, Batch, repetitions);
        var peer = workload.Peer is { } work ? new Samples(work, Batch, repetitions) : null;
        for (var i = 0; i < repetitions; i++)
        {
            ours.Take();
            peer?.Take();
        }

        return (ours.Cost, peer?.Cost);
    }

    public static int RunFor(Work work, TimeSpan least)
    {
        var runs = 0;
        var start = Stopwatch.GetTimestamp();
        do
        {
            work.Run();
            runs++;
        }
        while (Stopwatch.GetElapsedTime(start) < least);
        return runs;
    }
}
