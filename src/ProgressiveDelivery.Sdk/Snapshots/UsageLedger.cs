using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>
/// The counts of one client: a table for each ruleset that may still be asked, which a request may go on doing long after it was
/// replaced. Safe to use from any thread.
/// </summary>
internal sealed class UsageLedger
{
    private readonly object _gate = new();
    private readonly List<(WeakReference<Ruleset> Rules, UsageTable Table)> _tables = [];
    private readonly UsageCounts _ofEarlierRules = new();

    /// <summary>The table of a ruleset that comes into force, the same whenever it does.</summary>
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

            var made = new UsageTable(rules.Flags);
            _tables.Add((new(rules), made));
            return made;
        }
    }

    /// <summary>What was counted since the last time.</summary>
    public UsageCounts Take()
    {
        var counts = new UsageCounts();
        lock (_gate)
        {
            DropDead();
            counts.Add(_ofEarlierRules);
            _ofEarlierRules.Clear();
            foreach (var (_, table) in _tables)
                table.MoveTo(counts);
        }

        return counts;
    }

    // Rules that nobody holds any more are counted no more.
    private void DropDead()
    {
        for (var i = _tables.Count - 1; i >= 0; i--)
        {
            if (_tables[i].Rules.TryGetTarget(out _))
                continue;
            _tables[i].Table.MoveTo(_ofEarlierRules);
            _tables.RemoveAt(i);
        }
    }
}
