using System.Numerics;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>
/// Counts what the flags of one ruleset serve. Each processor, up to eight, has cells of its own, so that threads do not contend for
/// one cache line; a count is one interlocked addition, and nothing is allocated.
/// </summary>
internal sealed class UsageTable
{
    private const int MostStripes = 8;

    private readonly CompiledFlag[] _flags;
    private readonly int[] _firstCells;
    private readonly long[][] _stripes;

    public UsageTable(CompiledFlag[] flags)
    {
        _flags = flags;
        _firstCells = new int[flags.Length];
        var cells = 0;
        for (var i = 0; i < flags.Length; i++)
        {
            _firstCells[i] = cells;
            cells += flags[i].Variants.Length + 1;      // the first one counts answers without a variant
        }

        _stripes = new long[Math.Min(MostStripes, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount))][];
        for (var i = 0; i < _stripes.Length; i++)
            _stripes[i] = new long[cells];
    }

    public void Count(CompiledFlag flag, Decision decision)
    {
        var stripe = _stripes[Thread.GetCurrentProcessorId() & (_stripes.Length - 1)];
        Interlocked.Increment(ref stripe[_firstCells[flag.Index] + Math.Max(decision.Variant, Decision.None) + 1]);
    }

    /// <summary>Moves what was counted since the last time; counts that are made meanwhile are moved now or the next time.</summary>
    public void MoveTo(UsageCounts counts)
    {
        for (var i = 0; i < _flags.Length; i++)
        {
            var flag = _flags[i];
            for (var variant = Decision.None; variant < flag.Variants.Length; variant++)
            {
                var count = Take(_firstCells[i] + variant + 1);
                if (count > 0)
                    counts.Add(KeyOf(flag, variant), count);
            }
        }
    }

    private long Take(int cell)
    {
        var count = 0L;
        foreach (var stripe in _stripes)
        {
            if (Volatile.Read(ref stripe[cell]) != 0)
                count += Interlocked.Exchange(ref stripe[cell], 0);
        }

        return count;
    }

    private static UsageKey KeyOf(CompiledFlag flag, short index)
    {
        if (index == Decision.None)
            return new(flag.Key, flag.Type, flag.Version, null, null, null);
        var variant = flag.Variants[index];
        return new(flag.Key, flag.Type, flag.Version, variant.Label, variant.HasValue ? variant.Describe(flag.Type) : null, variant.Enabled ?? (flag.Type == FlagType.Boolean ? variant.Boolean : null));
    }
}
