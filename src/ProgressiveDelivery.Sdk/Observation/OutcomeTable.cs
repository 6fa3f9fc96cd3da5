using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// The places of the outcomes of one ruleset. Those of guarded flags are made when the rules come into force, all others when they are first needed: a client that records no
/// outcome has none. Safe to use from any thread.
/// </summary>
internal sealed class OutcomeTable
{
    private readonly OutcomeLedger _ledger;
    private readonly CompiledFlag[] _flags;
    private readonly HashSet<string>? _metrics;
    private OutcomeSlot?[]?[]? _slots;

    /// <summary>Creates the table of a ruleset that comes into force.</summary>
    /// <param name="ledger">The client's ledger.</param>
    /// <param name="flags">The flags of the ruleset.</param>
    /// <param name="watcher">Gives each variant its watches; null if there are none.</param>
    public OutcomeTable(OutcomeLedger ledger, CompiledFlag[] flags, IOutcomeWatcher? watcher)
    {
        (_ledger, _flags) = (ledger, flags);
        if (watcher is null)
            return;
        foreach (var flag in flags)
        {
            for (short variant = 0; variant < flag.Variants.Length; variant++)
                Watch(flag, variant, watcher.WatchesOf(flag, variant), ref _metrics);
        }
    }

    /// <summary>Returns whether a watch is interested in a metric.</summary>
    public bool Hears(string metric) => _metrics is not null && _metrics.Contains(metric);

    /// <summary>Returns the place of a variant.</summary>
    public OutcomeSlot Of(CompiledFlag flag, short variant) => Find(flag, variant) ?? Add(flag, variant, []);

    /// <summary>Returns the place of a variant; null if there is none yet, and thus no watch, or the flag is of other rules.</summary>
    public OutcomeSlot? Find(CompiledFlag flag, short variant) =>
        Volatile.Read(ref _slots) is { } all && (uint)flag.Index < (uint)all.Length && ReferenceEquals(_flags[flag.Index], flag) && Volatile.Read(ref all[flag.Index]) is { } slots
            ? Volatile.Read(ref slots[variant])
            : null;

    // The watcher is asked for each variant, also while an overlay keeps the outcomes from the watches.
    private void Watch(CompiledFlag flag, short variant, OutcomeWatch[] watches, ref HashSet<string>? metrics)
    {
        if (watches.Length == 0 || !IsWatched(flag))
            return;
        Add(flag, variant, watches);
        foreach (var watch in watches)
        {
            if (watch.Metric is { } metric)
                (metrics ??= new(StringComparer.Ordinal)).Add(metric);
        }
    }

    // Outcomes of a variant that an operator, a kill or a guard serves to everybody are no evidence; those of a guard's probe, which only a share gets, are.
    private static bool IsWatched(CompiledFlag flag) => flag.Overlay is null || (flag.Overlay == EvaluationReason.Guarded && !flag.IsConstant);

    private OutcomeSlot Add(CompiledFlag flag, short variant, OutcomeWatch[] watches)
    {
        var all = _slots ?? Kept(ref _slots, new OutcomeSlot?[_flags.Length][]);
        var slots = all[flag.Index] ?? Kept(ref all[flag.Index], new OutcomeSlot?[flag.Variants.Length]);
        return slots[variant] ?? Kept(ref slots[variant], new OutcomeSlot(_ledger, flag.Key, flag.Variants[variant].Label, watches));
    }

    // Of two threads that add at once, the first one's stays.
    private static T Kept<T>(ref T? place, T made)
        where T : class =>
        Interlocked.CompareExchange(ref place, made, null) ?? made;
}
