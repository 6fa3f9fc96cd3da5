using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Tests that the operand is one of the definition's values: texts, numbers and booleans.</summary>
internal sealed class InSetNode(Expression needle, ValueSet values) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var wanted = needle.Evaluate(in input, ref run);
        return run.Cost.TryRead(wanted.AsString()?.Length ?? 0) && values.Find(in wanted) == Truth.True;
    }
}
