using System.Collections.Concurrent;

namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>
/// Remembers assignments in this process, for as long as it lives. Bounded: when full, the oldest assignment makes room, and its
/// unit is assigned afresh when it returns, which by hashing is the same variant unless the split has changed meanwhile.
/// </summary>
internal sealed class InMemoryAssignmentStore(int capacity) : IAssignmentStore
{
    public const int DefaultCapacity = 1_000_000;

    private readonly ConcurrentDictionary<string, Experiment> _experiments = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(Experiment Experiment, string Unit)> _oldest = new();
    private int _count;

    /// <inheritdoc/>
    public bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment)
    {
        assignment = default;
        return _experiments.TryGetValue(experiment, out var units) && units.TryGet(unit, out assignment);
    }

    /// <inheritdoc/>
    public void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment)
    {
        var units = _experiments.GetOrAdd(experiment, static _ => new());
        var text = unit.ToString();
        if (!units.Set(text, assignment))
            return;

        _oldest.Enqueue((units, text));
        if (Interlocked.Increment(ref _count) > capacity && _oldest.TryDequeue(out var oldest))
        {
            oldest.Experiment.Remove(oldest.Unit);
            Interlocked.Decrement(ref _count);
        }
    }

    private sealed class Experiment
    {
        private readonly ConcurrentDictionary<string, StoredAssignment> _units = new(StringComparer.Ordinal);

#if NET9_0_OR_GREATER
        private readonly ConcurrentDictionary<string, StoredAssignment>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

        public Experiment() => _bySpan = _units.GetAlternateLookup<ReadOnlySpan<char>>();

        public bool TryGet(ReadOnlySpan<char> unit, out StoredAssignment assignment) => _bySpan.TryGetValue(unit, out assignment);
#else
        public bool TryGet(ReadOnlySpan<char> unit, out StoredAssignment assignment) => _units.TryGetValue(unit.ToString(), out assignment);
#endif

        /// <summary>Returns whether the unit is new.</summary>
        public bool Set(string unit, StoredAssignment assignment)
        {
            while (!_units.TryAdd(unit, assignment))
            {
                // One that makes room meanwhile must come in as new, or nobody would count it.
                if (_units.TryGetValue(unit, out var known) && _units.TryUpdate(unit, assignment, known))
                    return false;
            }

            return true;
        }

        public void Remove(string unit) => _units.TryRemove(unit, out _);
    }
}
