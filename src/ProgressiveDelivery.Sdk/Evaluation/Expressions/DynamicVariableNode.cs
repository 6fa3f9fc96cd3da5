namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>The value at a computed path. The path is parsed on each call.</summary>
internal sealed class DynamicVariableNode(Expression path, Expression? fallback, ExpressionSurroundings surroundings) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var at = path.Evaluate(in input, ref run);
        var value = VariablePath.Find(in input, ref run, VariablePath.Of(in at, ref run.Cost), surroundings);
        return value.IsNull && fallback is not null ? fallback.Evaluate(in input, ref run) : value;
    }
}
