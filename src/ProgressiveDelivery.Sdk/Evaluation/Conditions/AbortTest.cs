namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A malformed part of a condition: it ends the flag when evaluated.</summary>
internal sealed class AbortTest(string message) : Condition
{
    public override string Describe() => "malformed";

    protected override Truth Decide(in EvaluationInput input)
    {
        input.Trace?.Fail(message);
        return Truth.Error;
    }

    protected override string Detail(in EvaluationInput input) => message;
}
