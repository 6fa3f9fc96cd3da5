namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>Serves one variant where a rollout yields none, as for a context without its unit.</summary>
internal sealed class CompiledElseOutcome(Outcome rollout, short otherwise) : Outcome
{
    public override bool IsSticky => rollout.IsSticky;

    public override void VisitAssignments(in EvaluationInput input, IAssignmentVisitor visitor) => rollout.VisitAssignments(in input, visitor);

    public override Served Serve(in EvaluationInput input)
    {
        var served = rollout.Serve(in input);
        return served.HasVariant ? served : Served.Else(otherwise);
    }
}
