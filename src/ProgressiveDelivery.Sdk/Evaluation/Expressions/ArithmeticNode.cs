using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Calculates with doubles. Sums and products use the number at the start of a text; other operators convert the whole text.</summary>
internal sealed class ArithmeticNode(Expression[] operands, ExpressionOperator @operator) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        if (operands.Length == 0)
            return @operator == ExpressionOperator.Add ? 0.0 : default(AttributeValue);
        var lenient = @operator is ExpressionOperator.Add or ExpressionOperator.Multiply;
        var result = Number(operands[0], lenient, in input, ref run);
        if (operands.Length == 1)
            return @operator is ExpressionOperator.Subtract ? -result : @operator is ExpressionOperator.Divide or ExpressionOperator.Remainder ? default(AttributeValue) : result;
        for (var i = 1; i < operands.Length; i++)
            result = Apply(result, Number(operands[i], lenient, in input, ref run));
        return result;
    }

    private double Apply(double left, double right) => @operator switch
    {
        ExpressionOperator.Add => left + right,
        ExpressionOperator.Subtract => left - right,
        ExpressionOperator.Multiply => left * right,
        ExpressionOperator.Divide => left / right,
        ExpressionOperator.Remainder => left % right,
        ExpressionOperator.Minimum => Math.Min(left, right),
        _ => Math.Max(left, right),
    };

    private static double Number(Expression operand, bool lenient, in EvaluationInput input, ref ExpressionRun run)
    {
        var value = operand.Evaluate(in input, ref run);
        return lenient ? Coercion.ToLeadingNumber(in value, ref run.Cost) : Coercion.ToNumber(in value, ref run.Cost);
    }
}
