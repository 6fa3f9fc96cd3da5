namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>The value at a path that is itself computed: its text is taken apart at each call.</summary>
internal sealed class DynamicVariableNode(Expression path, Expression? fallback, ExpressionSurroundings surroundings) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var at = path.Evaluate(in input, ref run);
        var value = VariablePath.Find(in input, in run, VariablePath.Of(in at), surroundings);
        return value.IsNull && fallback is not null ? fallback.Evaluate(in input, ref run) : value;
    }
}
