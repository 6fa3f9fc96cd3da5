using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Whether the operand is among values that the definition gives: texts, numbers and booleans.</summary>
internal sealed class InSetNode(Expression needle, ValueSet values) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var wanted = needle.Evaluate(in input, ref run);
        return values.Find(in wanted) == Truth.True;
    }
}
