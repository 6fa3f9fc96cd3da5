using System.Numerics;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>
/// Up to eight counts. Each processor, up to eight, has cells of its own on lines of their own, so that threads do not contend for one cache line. A total is
/// no single moment's while others count.
/// </summary>
internal sealed class StripedCounts
{
    private const int MaxStripes = 8;
    private const int LineLength = 16;

    private static readonly int Stripes = Math.Min(MaxStripes, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount));

    // One line more, since the first cells share theirs with the array's header.
    private readonly long[] _cells = new long[(Stripes + 1) * LineLength];

    /// <summary>Adds one to a count, 0 to 7.</summary>
    public void Increment(int count)
    {
        var stripe = Thread.GetCurrentProcessorId() & (Stripes - 1);
        Interlocked.Increment(ref _cells[((stripe + 1) * LineLength) + count - (LineLength / 2)]);
    }

    /// <summary>Returns a count's total.</summary>
    public long Total(int count)
    {
        var total = 0L;
        for (var stripe = 0; stripe < Stripes; stripe++)
            total += Volatile.Read(ref _cells[((stripe + 1) * LineLength) + count - (LineLength / 2)]);
        return total;
    }
}
