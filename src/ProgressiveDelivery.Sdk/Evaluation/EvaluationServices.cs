namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>What evaluations of one client share: where sticky assignments are, and what is counted.</summary>
internal sealed class EvaluationServices(IAssignmentStore assignments, EvaluationCounters counters)
{
    public IAssignmentStore Assignments => assignments;

    public EvaluationCounters Counters => counters;
}
