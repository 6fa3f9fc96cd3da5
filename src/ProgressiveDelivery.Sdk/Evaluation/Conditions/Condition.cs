namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>One condition of a rule. Immutable; evaluates without allocating, and never throws.</summary>
internal abstract class Condition
{
    public Truth Test(in EvaluationInput input) =>
        input.Trace is null ? Decide(in input) : Traced(in input);

    /// <summary>Describes the condition as an author would write it, for explanations.</summary>
    public abstract string Describe();

    protected abstract Truth Decide(in EvaluationInput input);

    /// <summary>Explains the result in words; null if the parts already explain it.</summary>
    protected virtual string? Detail(in EvaluationInput input) => null;

    protected virtual ExplanationKind Kind => ExplanationKind.Condition;

    private Truth Traced(in EvaluationInput input)
    {
        input.Trace!.Begin(Kind, Describe());
        var truth = Decide(in input);
        input.Trace.End(truth >= Truth.Unknown ? null : truth == Truth.True, Detail(in input));
        return truth;
    }
}
