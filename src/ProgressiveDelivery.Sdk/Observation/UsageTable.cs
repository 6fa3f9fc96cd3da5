using System.Numerics;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// Counts the answers that the flags of one ruleset give: variants, and callers' fallbacks. Each processor, up to eight, has cells of its
/// own, so that threads do not contend for one cache line; a count is one interlocked addition, and nothing is allocated.
/// </summary>
internal sealed class UsageTable
{
    private const int MaxStripes = 8;

    // For each flag, first the fallbacks whose values are not counted apart, by on/off state; then booleans that name no variant.
    private const int False = 3;
    private const int True = 4;
    private const int FirstVariant = 5;

    // No ruleset answers with the reasons before.
    private const int FirstReason = (int)EvaluationReason.Error;
    private const int Reasons = (int)EvaluationReason.TypeMismatch - FirstReason + 1;
    private const int ReasonsOfConstant = 2;

    private readonly CompiledFlag[] _flags;
    private readonly bool _byReason;
    private readonly int[] _firstCells;
    private readonly long[][] _stripes;
    private readonly FallbackCounts _fallbacks = new();

    /// <summary>Creates the table of a ruleset.</summary>
    /// <param name="flags">The flags.</param>
    /// <param name="byReason">True to count each reason apart, which takes eleven cells in place of one; two for a flag with one answer.</param>
    public UsageTable(CompiledFlag[] flags, bool byReason = false)
    {
        _flags = flags;
        _byReason = byReason;
        _firstCells = new int[flags.Length];
        var cells = 0;
        for (var i = 0; i < flags.Length; i++)
        {
            _firstCells[i] = cells;
            cells += (FirstVariant + flags[i].Variants.Length) * WidthOf(flags[i]);
        }

        _stripes = new long[Math.Min(MaxStripes, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount))][];
        for (var i = 0; i < _stripes.Length; i++)
            _stripes[i] = new long[cells];
    }

    /// <summary>Indicates whether it counts each reason apart.</summary>
    public bool IsByReason => _byReason;

    /// <summary>Counts a variant that was served with its name, or by its value.</summary>
    public void CountVariant(CompiledFlag flag, Decision decision) => Count(flag, FirstVariant + decision.Variant, decision.Reason);

    /// <summary>Counts a value that was answered: a variant's, or the on/off state, which names no variant.</summary>
    public void CountValue<T>(CompiledFlag flag, Decision decision, T value)
    {
        if (typeof(T) == typeof(bool) && !(flag.Type == FlagType.Boolean && flag.Variants[decision.Variant].HasValue))
            Count(flag, (bool)(object)value! ? True : False, decision.Reason);
        else
            CountVariant(flag, decision);
    }

    /// <summary>Counts the caller's fallback.</summary>
    /// <param name="flag">The flag.</param>
    /// <param name="decision">Its decision. A variant without a value still gives the on/off state; one of another type gives none.</param>
    /// <param name="fallback">The fallback.</param>
    public void CountFallback<T>(CompiledFlag flag, Decision decision, T fallback)
    {
        var enabled = decision.HasVariant && flag.Variants[decision.Variant] is { HasValue: false } variant ? variant.Enabled : null;
        var reason = decision.HasVariant && flag.Variants[decision.Variant].HasValue ? EvaluationReason.TypeMismatch : decision.Reason;
        if (typeof(T) == typeof(bool))
            Count(flag, (bool)(object)fallback! ? True : False, reason);
        else if (FallbackKey.Of(flag.Index, enabled, fallback) is not { } key || !_fallbacks.TryCount(_byReason ? key with { Reason = reason } : key))
            Count(flag, CellOf(enabled), reason);
    }

    /// <summary>Moves the counts made since the last time; counts made meanwhile are moved now or the next time.</summary>
    public void MoveTo(UsageCounts counts)
    {
        for (var i = 0; i < _flags.Length; i++)
            MoveTo(counts, _flags[i], _firstCells[i]);
        _fallbacks.MoveTo(counts, _flags);
    }

    private int WidthOf(CompiledFlag flag) => !_byReason ? 1 : flag.IsConstant ? ReasonsOfConstant : Reasons;

    private void Count(CompiledFlag flag, int cell, EvaluationReason reason)
    {
        var stripe = _stripes[Thread.GetCurrentProcessorId() & (_stripes.Length - 1)];
        Interlocked.Increment(ref stripe[_firstCells[flag.Index] + (_byReason ? PlaceOf(flag, cell, reason) : cell)]);
    }

    private static int PlaceOf(CompiledFlag flag, int cell, EvaluationReason reason) => flag.IsConstant
        ? (cell * ReasonsOfConstant) + (reason == EvaluationReason.TypeMismatch ? 1 : 0)
        : (cell * Reasons) + (int)reason - FirstReason;

    private EvaluationReason ReasonAt(CompiledFlag flag, int place) => !_byReason ? default
        : !flag.IsConstant ? (EvaluationReason)(place + FirstReason)
        : place == 0 ? flag.Constant.Reason : EvaluationReason.TypeMismatch;

    private void MoveTo(UsageCounts counts, CompiledFlag flag, int first)
    {
        foreach (var enabled in (ReadOnlySpan<bool?>)[null, false, true])
            Move(counts, flag, first, CellOf(enabled), null, null, enabled);
        Move(counts, flag, first, False, null, "false", false);
        Move(counts, flag, first, True, null, "true", true);
        for (var i = 0; i < flag.Variants.Length; i++)
            Move(counts, flag, first, FirstVariant + i, flag.Variants[i], null, null);
    }

    private void Move(UsageCounts counts, CompiledFlag flag, int first, int cell, CompiledVariant? variant, string? value, bool? enabled)
    {
        var width = WidthOf(flag);
        for (var place = 0; place < width; place++)
        {
            if (Take(first + (cell * width) + place) is not (> 0 and var count))
                continue;
            var key = variant is null ? UsageKey.OfValue(flag, value, enabled) : UsageKey.OfVariant(flag, variant);
            counts.Add(key with { Reason = ReasonAt(flag, place) }, count);
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

    private static int CellOf(bool? enabled) => enabled switch
    {
        null => 0,
        false => 1,
        true => 2,
    };
}
