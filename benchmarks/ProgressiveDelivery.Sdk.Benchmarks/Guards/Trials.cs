using ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

namespace ProgressiveDelivery.Sdk.Benchmarks.Guards;

/// <summary>The outcomes until the trip of each guard, over many runs. Runs have seeds of their own, so that the result does not depend on their order.</summary>
internal sealed class Trials
{
    /// <summary>The outcomes of a guard that did not trip.</summary>
    public const long Never = long.MaxValue;

    private readonly long[][] _trips;

    private Trials(long[][] trips) => _trips = trips;

    /// <param name="seed">The words that give the seed.</param>
    /// <param name="runs">The number of runs.</param>
    /// <param name="run">A run, which returns the outcomes until the trip of each guard.</param>
    public static Trials Of(string seed, int runs, Func<RandomStream, long[]> run)
    {
        var trips = new long[runs][];
        Parallel.For(0, runs, number => trips[number] = run(new(seed, number)));
        return new(trips);
    }

    public int Tripped(int guard) => _trips.Count(run => run[guard] != Never);

    /// <summary>Returns the outcomes until half of the guards, and until nine in ten, had tripped.</summary>
    public string Times(int guard)
    {
        var sorted = _trips.Select(run => run[guard]).Order().ToArray();
        return $"{Text(sorted[(sorted.Length - 1) / 2])} / {Text(sorted[(sorted.Length - 1) * 9 / 10])}";
    }

    public long Median(int guard) => _trips.Select(run => run[guard]).Order().ElementAt((_trips.Length - 1) / 2);

    public static string Text(long outcomes) => outcomes == Never ? "never" : Experiments.Markdown.Text($"{outcomes:#,##0}");
}
