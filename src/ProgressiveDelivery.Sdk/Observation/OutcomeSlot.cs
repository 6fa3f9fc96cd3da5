namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// The place of one variant's outcomes in one ruleset. A call keeps it from its beginning, so that its outcome belongs to the rules that gave the variant, whatever is in force at
/// its end. Recording never throws and allocates nothing, and takes no lock but what a watch takes. Safe to use from any thread.
/// </summary>
internal sealed class OutcomeSlot
{
    private readonly OutcomeLedger _ledger;
    private readonly OutcomeWatch[] _calls;
    private readonly OutcomeWatch[] _metrics;
    private OutcomeCounts? _counts;

    /// <summary>Creates the place of a variant.</summary>
    /// <param name="ledger">The client's ledger.</param>
    /// <param name="flag">The flag's key.</param>
    /// <param name="variant">The variant's name.</param>
    /// <param name="watches">The watches of the variant, in the order of their calls.</param>
    public OutcomeSlot(OutcomeLedger ledger, string flag, string variant, OutcomeWatch[] watches)
    {
        _ledger = ledger;
        (Flag, Variant) = (flag, variant);
        _calls = Array.FindAll(watches, static watch => watch.Metric is null);
        _metrics = Array.FindAll(watches, static watch => watch.Metric is not null);
        NeedsUnit = Array.Exists(_calls, static watch => watch.NeedsUnit);
    }

    public string Flag { get; }

    public string Variant { get; }

    /// <summary>Indicates whether a call has to bring the hash of its unit.</summary>
    public bool NeedsUnit { get; }

    /// <summary>Records a call.</summary>
    /// <param name="result">Its result.</param>
    /// <param name="elapsed">The time from its beginning to its end.</param>
    /// <param name="unit">The hash of its unit, if <see cref="NeedsUnit"/>.</param>
    public void Record(OutcomeResult result, TimeSpan elapsed, ulong unit = 0)
    {
        Counts.Count(result);
        _ledger.Measure(this, elapsed);
        var ofProcess = _ledger.ProcessWatch;
        if (_calls.Length == 0 && ofProcess is null)
            return;
        var outcome = new ObservedOutcome(result, elapsed.Ticks, Unit: unit);
        if (ofProcess is not null)
            _ledger.Tell(ofProcess, in outcome);
        foreach (var watch in _calls)
            _ledger.Tell(watch, in outcome);
    }

    /// <summary>Records the outcome of a unit of work in which the variant was given.</summary>
    /// <param name="result">Its result.</param>
    /// <param name="elapsed">The time from its beginning to its end.</param>
    /// <param name="unit">The text of the unit, hashed if a watch needs that; empty without a unit.</param>
    public void RecordWork(OutcomeResult result, TimeSpan elapsed, ReadOnlySpan<char> unit)
    {
        Counts.Count(result);
        _ledger.Measure(this, elapsed);
        var outcome = new ObservedOutcome(result, elapsed.Ticks, Unit: NeedsUnit ? UnitHash.Of(unit) : 0);
        foreach (var watch in _calls)
            _ledger.Tell(watch, in outcome);
    }

    /// <summary>Records that control answered a call in place of the failed treatment.</summary>
    public void RecordFallback() => Counts.CountFallback();

    /// <summary>Gives the value of a metric to the watches of that metric.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="value">The value, finite.</param>
    /// <param name="unit">The text of the unit, hashed if a watch needs that; empty without a unit.</param>
    public void Report(string metric, double value, ReadOnlySpan<char> unit)
    {
        foreach (var watch in _metrics)
        {
            if (!string.Equals(watch.Metric, metric, StringComparison.Ordinal))
                continue;
            var outcome = new ObservedOutcome(OutcomeResult.Success, ElapsedTicks: 0, value, watch.NeedsUnit ? UnitHash.Of(unit) : 0);
            _ledger.Tell(watch, in outcome);
        }
    }

    private OutcomeCounts Counts => _counts ??= _ledger.CountsOf(Flag, Variant);
}
