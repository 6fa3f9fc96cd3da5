using System.Diagnostics;
using System.Runtime;

namespace ProgressiveDelivery.Sdk.Benchmarks.Gate;

/// <summary>
/// Times work on a machine that others use too: ours and the peer's in turn, so that a slow moment hits both, and the median of many
/// short repetitions.
/// </summary>
internal static class Measurement
{
    private const int LeastRepetitions = 5;
    private const int MaxRepetitions = 301;

    // Short, so that most of them are not interrupted by whoever else wants the processor.
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(0.25);
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan CompilerPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs work until the compiler has had nothing to improve for a while: it recompiles what is called often, on a thread of its own.</summary>
    public static void WarmUp(params IEnumerable<Work> works)
    {
        const int mostRounds = 12, quietRounds = 2;
        var all = works.Distinct().ToArray();
        var compiled = 0L;
        for (int round = 0, quiet = 0; round < mostRounds && quiet < quietRounds; round++)
        {
            foreach (var work in all)
                RunFor(work, Round);
            Thread.Sleep(CompilerPause);
            var count = JitInfo.GetCompiledMethodCount();
            quiet = count == compiled ? quiet + 1 : 0;
            compiled = count;
        }
    }

    /// <summary>Costs of ours and, where there is one, of the peer's.</summary>
    public static (Cost Ours, Cost? Peer) Measure(Workload workload)
    {
        var ours = new Samples(workload.Ours, Batch);
        var peer = workload.Peer is { } work ? new Samples(work, Batch) : null;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < LeastRepetitions || (i < MaxRepetitions && Stopwatch.GetElapsedTime(start) < Enough); i++)
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
