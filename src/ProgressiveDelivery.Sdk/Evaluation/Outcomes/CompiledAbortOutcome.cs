namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>A malformed outcome: it ends the flag when evaluated.</summary>
internal sealed class CompiledAbortOutcome(string message) : Outcome
{
    public override Served Serve(in EvaluationInput input)
    {
        input.Trace?.Fail(message);
        input.Trace?.Add(ExplanationKind.Condition, "malformed", null, message);
        return Served.Abort(Truth.Error);
    }
}
