using System.Collections.Concurrent;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>
/// Remembers assignments in this process, for as long as it lives. Bounded: when full, the oldest assignment makes room. Without a store, its
/// unit is assigned afresh when it returns, which by hashing is the same variant unless the split has changed meanwhile. With a store, the
/// stored assignment is found again.
/// </summary>
/// <param name="capacity">The number of assignments that it holds.</param>
internal sealed class AssignmentMemory(int capacity) : IAssignmentMemory
{
    /// <summary>The maximum length of a remembered unit, in characters: callers may take units from requests, and memory is bounded by a number of units.</summary>
    public const int MaxUnitLength = 1_024;

    private readonly ConcurrentDictionary<string, Experiment> _experiments = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(Experiment Experiment, string Unit)> _oldest = new();
    private int _count;
    private long _evicted;

    /// <summary>The number of assignments that made room for others.</summary>
    public long Evicted => Volatile.Read(ref _evicted);

    /// <inheritdoc/>
    public bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment)
    {
        var isFound = TryFind(experiment, unit, out var held);
        assignment = held.Assignment;
        return isFound;
    }

    /// <inheritdoc/>
    public void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment)
    {
        if (unit.Length <= MaxUnitLength)
            Change(new(experiment, unit.ToString()), new HeldAssignment(assignment, AssignmentState.Settled), static (_, next) => next);
    }

    /// <summary>Finds an assignment, with its state. Allocates nothing.</summary>
    public bool TryFind(string experiment, ReadOnlySpan<char> unit, out HeldAssignment held)
    {
        held = default;
        return _experiments.TryGetValue(experiment, out var units) && units.TryGet(unit, out held);
    }

    /// <summary>Adds an assignment, or changes the one that is there, in one step.</summary>
    /// <param name="key">The experiment and the unit.</param>
    /// <param name="next">The assignment to add.</param>
    /// <param name="merge">Returns what replaces the first argument, which is held; the second one is <paramref name="next"/>. It may run several times.</param>
    public void Change(AssignmentKey key, HeldAssignment next, Func<HeldAssignment, HeldAssignment, HeldAssignment> merge)
    {
        var units = _experiments.GetOrAdd(key.Experiment, static _ => new());
        if (!units.Change(key.Unit, next, merge))
            return;

        _oldest.Enqueue((units, key.Unit));
        if (Interlocked.Increment(ref _count) > capacity && _oldest.TryDequeue(out var oldest))
        {
            oldest.Experiment.Remove(oldest.Unit);
            Interlocked.Decrement(ref _count);
            Interlocked.Increment(ref _evicted);
        }
    }

    private sealed class Experiment
    {
        private readonly ConcurrentDictionary<string, HeldAssignment> _units = new(StringComparer.Ordinal);

#if NET9_0_OR_GREATER
        private readonly ConcurrentDictionary<string, HeldAssignment>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

        public Experiment() => _bySpan = _units.GetAlternateLookup<ReadOnlySpan<char>>();

        public bool TryGet(ReadOnlySpan<char> unit, out HeldAssignment held) => _bySpan.TryGetValue(unit, out held);
#else
        public bool TryGet(ReadOnlySpan<char> unit, out HeldAssignment held) => _units.TryGetValue(unit.ToString(), out held);
#endif

        /// <summary>Returns whether the unit is new.</summary>
        public bool Change(string unit, HeldAssignment next, Func<HeldAssignment, HeldAssignment, HeldAssignment> merge)
        {
            while (!_units.TryAdd(unit, next))
            {
                if (!_units.TryGetValue(unit, out var held))
                    continue;
                if (_units.TryUpdate(unit, merge(held, next), held))
                    return false;
            }

            return true;
        }

        public void Remove(string unit) => _units.TryRemove(unit, out _);
    }
}
