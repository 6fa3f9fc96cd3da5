using System.Collections.Concurrent;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// The outcomes of one client. Counts belong to a flag and variant of any ruleset and only grow; watches belong to the ruleset that gave the variant. Safe to use from any thread.
/// </summary>
/// <param name="watcher">Gives each variant its watches; null if there are none.</param>
/// <param name="measure">Measures how long calls take, by flag and variant; never throws. Null without a meter.</param>
/// <param name="refuse">Reports a value that is not finite.</param>
/// <param name="fail">Reports the first watch that throws.</param>
/// <param name="maxSeries">The number of variants that are counted apart. Further ones share one count: flags that come and go for months must not fill the memory.</param>
internal sealed class OutcomeLedger(
    IOutcomeWatcher? watcher = null, Action<string, string, TimeSpan>? measure = null, Action<string, double>? refuse = null, Action<Exception>? fail = null, int maxSeries = EvaluationTotals.MaxSeries)
{
    private static readonly (string, string) Others = (EvaluationTotals.Others, EvaluationTotals.Others);

    private readonly ConcurrentDictionary<(string Flag, string Variant), OutcomeCounts> _counts = new();
    private int _failed;

    /// <summary>The calls so far by flag, variant and result; a variant that was never called has none.</summary>
    public IEnumerable<(string Flag, string Variant, string Result, long Count)> Calls =>
        from entry in _counts
        from result in Enum.GetValues<OutcomeResult>()
        select (entry.Key.Flag, entry.Key.Variant, NameOf(result), entry.Value.Of(result));

    /// <summary>The calls so far that control answered because the treatment had failed, by flag and variant.</summary>
    public IEnumerable<(string Flag, string Variant, long Count)> Fallbacks => _counts.Select(static entry => (entry.Key.Flag, entry.Key.Variant, entry.Value.Fallbacks));

    /// <summary>Hears of every call, whatever its variant; null if nothing does.</summary>
    public OutcomeWatch? ProcessWatch { get; set; }

    /// <summary>Creates the table of a ruleset that comes into force.</summary>
    public OutcomeTable TableOf(Ruleset rules) => new(this, rules.Flags, watcher);

    /// <summary>Returns the counts of a variant, the same for every ruleset.</summary>
    public OutcomeCounts CountsOf(string flag, string variant) =>
        _counts.TryGetValue((flag, variant), out var counts) ? counts : _counts.GetOrAdd(_counts.Count < maxSeries ? (flag, variant) : Others, static _ => new());

    /// <summary>Gives the value of a metric to the watches of the variants given in a unit of work. A value that is not finite is refused.</summary>
    public void Report(string metric, double value, GivenVariants given, OutcomeTable? table)
    {
        if (!double.IsFinite(value))
            refuse?.Invoke(metric, value);
        else if (table?.Hears(metric) == true)
            given.Report(metric, value, table);
    }

    /// <summary>Gives the outcome of a unit of work to each variant given in it, and once to what hears of every call.</summary>
    public void ReportOutcome(OutcomeResult result, TimeSpan elapsed, GivenVariants given, OutcomeTable? table)
    {
        if (table is not null && given.ReportOutcome(result, elapsed, table) && ProcessWatch is { } watch)
            Tell(watch, new(result, elapsed.Ticks));
    }

    /// <summary>Gives an outcome to a watch. One that throws costs itself its outcome, and neither the caller nor the watches behind it.</summary>
    public void Tell(OutcomeWatch watch, in ObservedOutcome outcome)
    {
        try
        {
            watch.Observe(in outcome);
        }
        catch (Exception exception)
        {
            WatchFailed(exception);
        }
    }

    /// <summary>Measures a call.</summary>
    public void Measure(OutcomeSlot slot, TimeSpan elapsed) => measure?.Invoke(slot.Flag, slot.Variant, elapsed);

    /// <summary>Reports a watch that threw, if it is the first one.</summary>
    private void WatchFailed(Exception exception)
    {
        if (Interlocked.Exchange(ref _failed, 1) == 0)
            fail?.Invoke(exception);
    }

    private static string NameOf(OutcomeResult result) => result switch
    {
        OutcomeResult.Success => "ok",
        OutcomeResult.Canceled => "canceled",
        _ => "failed",
    };
}
