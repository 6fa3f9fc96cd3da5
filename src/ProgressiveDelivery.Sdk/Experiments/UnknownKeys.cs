using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>The keys of assignments to read: those of which memory has no settled assignment at the version in force. Each once.</summary>
/// <param name="memory">The memory.</param>
internal sealed class UnknownKeys(AssignmentMemory memory) : IAssignmentVisitor
{
    private readonly HashSet<AssignmentKey> _seen = [];
    private readonly List<AssignmentKey> _list = [];

    public IReadOnlyList<AssignmentKey> List => _list;

    public void Visit(string experiment, ReadOnlySpan<char> unit, int version)
    {
        if (unit.Length > AssignmentMemory.MaxUnitLength)
            return;
        if (memory.TryFind(experiment, unit, out var held) && held.State == AssignmentState.Settled && held.Assignment.Version == version)
            return;
        var key = new AssignmentKey(experiment, unit.ToString());
        if (_seen.Add(key))
            _list.Add(key);
    }
}
