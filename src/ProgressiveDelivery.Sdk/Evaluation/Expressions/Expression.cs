namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>A part of a formula. Immutable; never throws. Allocates only to build a text, a list or an object that is part of a result.</summary>
internal abstract class Expression
{
    public abstract AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run);

    public bool IsTrue(in EvaluationInput input, ref ExpressionRun run)
    {
        var value = Evaluate(in input, ref run);
        return Coercion.IsTrue(in value);
    }
}
