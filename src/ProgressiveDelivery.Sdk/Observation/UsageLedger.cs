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

    /// <summary>Returns the table of a ruleset that comes into force, the same each time.</summary>
    public UsageTable Of(Ruleset rules)
    {
        lock (_gate)
        {
            DropDead();
            foreach (var (known, table) in _tables)
            {
                if (known.TryGetTarget(out var target) && ReferenceEquals(target, rules))
                    return table;
            }

            var made = new UsageTable(rules.Flags, isMetered);
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
