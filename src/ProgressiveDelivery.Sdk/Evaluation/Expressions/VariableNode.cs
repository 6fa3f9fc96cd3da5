namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>The value at a path that the definition gives. An empty path is the whole scope.</summary>
internal sealed class VariableNode(string[] path, Expression? fallback, ExpressionSurroundings surroundings) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var value = VariablePath.Find(in input, ref run, path, surroundings);
        return value.IsNull && fallback is not null ? fallback.Evaluate(in input, ref run) : value;
    }
}
