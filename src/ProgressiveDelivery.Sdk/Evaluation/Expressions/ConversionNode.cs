using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>What a value is when it is seen as something else. Source: ECMA-262, Type Conversion.</summary>
internal sealed class ConversionNode(Expression operand, ExpressionOperator conversion) : Expression
{
    public Expression Operand => operand;

    public ExpressionOperator Conversion => conversion;

    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var value = operand.Evaluate(in input, ref run);
        if (!run.TryChargeText(value.AsString()?.Length ?? 0))
            return default;
        return conversion switch
        {
            ExpressionOperator.ToText => Coercion.ToText(in value),
            ExpressionOperator.ToNumber => Coercion.ToNumber(in value),
            ExpressionOperator.ToTruth => value.Kind == AttributeKind.List || Coercion.IsTrue(in value),
            ExpressionOperator.TypeName => TypeName(in value),
            ExpressionOperator.Length => value.Kind == AttributeKind.List ? value.Items.Length : default(AttributeValue),
            ExpressionOperator.FoldCase => value.AsString()?.ToLowerInvariant() ?? value,
            _ => Expressions.PaddedVersion.Of(in value),
        };
    }

    private static string TypeName(in AttributeValue value) => value.Kind switch
    {
        AttributeKind.Null => "null",
        AttributeKind.Boolean => "boolean",
        AttributeKind.Integer or AttributeKind.Number => "number",
        AttributeKind.List => "array",
        AttributeKind.Object => "object",
        _ => "string",
    };
}
