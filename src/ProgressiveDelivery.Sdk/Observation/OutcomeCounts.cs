using System.Numerics;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// Counts the calls of one variant by result, and the calls that control answered in its place. Each processor, up to eight, has a cache line of its own, so that threads do
/// not contend; a count is one interlocked addition, and nothing is allocated. Safe to use from any thread.
/// </summary>
internal sealed class OutcomeCounts
{
    private const int MaxStripes = 8;
    private const int LongsOfALine = 8;
    private const int Fallback = (int)OutcomeResult.Canceled + 1;

    private static readonly int Stripes = Math.Min(MaxStripes, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount));

    // The first line keeps the counts apart from the array's length, which every count reads.
    private readonly long[] _cells = new long[(Stripes + 1) * LongsOfALine];

    /// <summary>The calls that control answered because the treatment had failed.</summary>
    public long Fallbacks => Sum(Fallback);

    /// <summary>Returns the calls with a result.</summary>
    public long Of(OutcomeResult result) => Sum((int)result);

    /// <summary>Counts a call.</summary>
    public void Count(OutcomeResult result) => Increment((int)result);

    /// <summary>Counts a call that control answered.</summary>
    public void CountFallback() => Increment(Fallback);

    private void Increment(int cell)
    {
        var stripe = (Thread.GetCurrentProcessorId() & (Stripes - 1)) + 1;
        Interlocked.Increment(ref _cells[(stripe * LongsOfALine) + cell]);
    }

    private long Sum(int cell)
    {
        var sum = 0L;
        for (var stripe = 1; stripe <= Stripes; stripe++)
            sum += Volatile.Read(ref _cells[(stripe * LongsOfALine) + cell]);
        return sum;
    }
}
