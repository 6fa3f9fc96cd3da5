namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>What evaluations of one client share: where sticky assignments are, and what is counted.</summary>
internal sealed class EvaluationServices(IAssignmentStore assignments, EvaluationCounters counters)
{
    public IAssignmentStore Assignments => assignments;

    public EvaluationCounters Counters => counters;

    /// <summary>The hashes of names, for rules that know attributes by them.</summary>
    public NameDigests NameDigests { get; private init; } = new();

    /// <summary>What rules that ask for chance are decided by; safe to use from any thread.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>The same for explanations, which store and count nothing.</summary>
    public EvaluationServices WithoutEffects => new(new ReadOnlyAssignments(assignments), new()) { Random = Random, NameDigests = NameDigests };

    private sealed class ReadOnlyAssignments(IAssignmentStore inner) : IAssignmentStore
    {
        public bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment) => inner.TryGet(experiment, unit, out assignment);

        public void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment)
        {
        }
    }
}
