namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>What evaluations of one client share: where sticky assignments are, and what is counted.</summary>
internal sealed class EvaluationServices(IAssignmentStore assignments, EvaluationCounters counters)
{
    public IAssignmentStore Assignments => assignments;

    public EvaluationCounters Counters => counters;

    /// <summary>The same for explanations, which store and count nothing.</summary>
    public EvaluationServices WithoutEffects => new(new ReadOnlyAssignments(assignments), new());

    private sealed class ReadOnlyAssignments(IAssignmentStore inner) : IAssignmentStore
    {
        public bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment) => inner.TryGet(experiment, unit, out assignment);

        public void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment)
        {
        }
    }
}
