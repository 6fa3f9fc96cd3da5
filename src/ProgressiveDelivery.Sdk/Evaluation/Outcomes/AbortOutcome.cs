namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>An outcome that is malformed: whoever comes here ends the flag.</summary>
internal sealed class AbortOutcome(string message) : Outcome
{
    public override Served Serve(in EvaluationInput input)
    {
        input.Trace?.Fail(message);
        input.Trace?.Add(ExplanationKind.Condition, "malformed", null, message);
        return Served.Abort(EvaluationReason.Error);
    }
}
