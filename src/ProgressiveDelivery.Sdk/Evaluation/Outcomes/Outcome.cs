namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>What a step serves.</summary>
internal abstract class Outcome
{
    /// <summary>The variant for this context, or passing on to the next step.</summary>
    public abstract Served Serve(in EvaluationInput input);
}

/// <summary>What a step served.</summary>
/// <param name="Variant">The variant's place in the flag; negative: the step passes on.</param>
/// <param name="Reason">Why: <see cref="EvaluationReason.RuleMatch"/> unless hashing had a say.</param>
internal readonly record struct Served(short Variant, EvaluationReason Reason)
{
    public static Served PassOn => new(Decision.None, EvaluationReason.RuleMatch);

    public bool HasVariant => Variant >= 0;

    /// <summary>An <c>else</c>: its variant, or passing on where there is none.</summary>
    public static Served Else(short variant, EvaluationReason reason = EvaluationReason.RuleMatch) => new(variant, reason);
}
