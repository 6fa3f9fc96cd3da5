using System.Numerics;

namespace ProgressiveDelivery.Sdk.Soak.Measuring;

/// <summary>
/// Counts durations in cells that are at most a thirty-second of their duration wide. Written by one thread, without allocation; read by
/// another, which may miss the newest.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int BitsOfACell = 5;
    private const int CellsOfAPower = 1 << BitsOfACell;

    private readonly long[] _counts = new long[CellsOfAPower * (64 - BitsOfACell)];

    public long Count { get; private set; }

    public long Longest { get; private set; }

    public void Add(long ticks)
    {
        _counts[CellOf(ticks)]++;
        Count++;
        if (ticks > Longest)
            Longest = ticks;
    }

    public void AddAll(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
        Longest = Math.Max(Longest, other.Longest);
    }

    /// <summary>The duration below which a share of them stays.</summary>
    public long At(double share)
    {
        var wanted = (long)(Count * share);
        for (var cell = 0; cell < _counts.Length; cell++)
        {
            wanted -= _counts[cell];
            if (wanted < 0)
                return EndOf(cell);
        }

        return Longest;
    }

    private static int CellOf(long ticks)
    {
        if (ticks < CellsOfAPower)
            return (int)Math.Max(ticks, 0);
        var power = BitOperations.Log2((ulong)ticks) - BitsOfACell;
        return (power * CellsOfAPower) + (int)(ticks >> power);
    }

    private static long EndOf(int cell)
    {
        if (cell < 2 * CellsOfAPower)
            return cell;
        var power = (cell / CellsOfAPower) - 1;
        return ((long)(cell - (power * CellsOfAPower)) << power) + (1L << power) - 1;
    }
}
