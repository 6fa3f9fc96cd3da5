namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>The assignments of sticky experiments, as evaluations see them: in memory. Never blocks and never throws. Safe to use from any thread.</summary>
internal interface IAssignmentMemory
{
    /// <summary>Finds the assignment of a unit of an experiment. Allocates nothing.</summary>
    /// <param name="experiment">The experiment, as in <see cref="AssignmentKey.Experiment"/>.</param>
    /// <param name="unit">The unit, as in <see cref="AssignmentKey.Unit"/>.</param>
    /// <param name="assignment">The assignment.</param>
    /// <returns>True if there is one.</returns>
    bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment);

    /// <summary>Remembers an assignment that an evaluation made, in place of the one before.</summary>
    void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment);
}
