using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// The counts of one client: a table for each ruleset that may still be used, which a request may do long after it was
/// replaced. Safe to use from any thread.
/// </summary>
/// <param name="isTaken">True if counts are taken, for reports of usage.</param>
/// <param name="isMetered">True if totals by reason are kept for a meter.</param>
internal sealed class UsageLedger(bool isTaken = true, bool isMetered = false)
{
    private readonly object _gate = new();
    private readonly List<(WeakReference<Ruleset> Rules, UsageTable Table)> _tables = [];
    private readonly UsageCounts _untaken = new();
    private readonly EvaluationTotals _totals = new();
    private readonly EvaluationTotals _served = new();
    private volatile bool _countsServed;

    /// <summary>Indicates whether answers are counted at all.</summary>
    public bool IsOn => isTaken || isMetered || _countsServed;

    private bool IsByReason => isMetered || _countsServed;

    /// <summary>Counts answers for <see cref="Served"/> too, from now on, by the tables that are returned from now on. Calling it again changes nothing.</summary>
    public void CountServed()
    {
        lock (_gate)
        {
            if (_countsServed)
                return;
            Collect();
            _countsServed = true;
        }
    }

    /// <summary>Returns the table of a ruleset that comes into force, the same each time.</summary>
    public UsageTable Of(Ruleset rules)
    {
        lock (_gate)
        {
            DropDead();
            foreach (var (known, table) in _tables)
            {
                if (table.IsByReason == IsByReason && known.TryGetTarget(out var target) && ReferenceEquals(target, rules))
                    return table;
            }

            var made = new UsageTable(rules.Flags, IsByReason);
            _tables.Add((new(rules), made));
            return made;
        }
    }

    /// <summary>Takes the counts made since the last time.</summary>
    public UsageCounts Take()
    {
        var counts = new UsageCounts();
        lock (_gate)
        {
            Collect();
            counts.Add(_untaken);
            _untaken.Clear();
        }

        return counts;
    }

    /// <summary>Returns the evaluations since the client was made.</summary>
    public (string Flag, string? Variant, EvaluationReason Reason, long Count)[] Totals()
    {
        lock (_gate)
        {
            Collect();
            return _totals.ToArray();
        }
    }

    /// <summary>Returns the evaluations since <see cref="CountServed"/>; none before it.</summary>
    public (string Flag, string? Variant, EvaluationReason Reason, long Count)[] Served()
    {
        if (!_countsServed)
            return [];
        lock (_gate)
        {
            Collect();
            return _served.ToArray();
        }
    }

    private void Collect()
    {
        DropDead();
        foreach (var (_, table) in _tables)
            Move(table);
    }

    private void Move(UsageTable table)
    {
        var counts = new UsageCounts();
        table.MoveTo(counts);
        if (isMetered)
            _totals.Add(counts);
        // A table from before knows no reasons: units of work that began then finish uncounted.
        if (_countsServed && table.IsByReason)
            _served.Add(counts);
        if (isTaken)
            _untaken.AddWithoutReasons(counts);
    }

    // Rules without any reference left are no longer counted.
    private void DropDead()
    {
        for (var i = _tables.Count - 1; i >= 0; i--)
        {
            if (_tables[i].Rules.TryGetTarget(out _))
                continue;
            Move(_tables[i].Table);
            _tables.RemoveAt(i);
        }
    }
}
