using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Converts a value to another type. Source: ECMA-262, Type Conversion.</summary>
internal sealed class ConversionNode(Expression operand, ExpressionOperator conversion) : Expression
{
    public Expression Operand => operand;

    public ExpressionOperator Conversion => conversion;

    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var value = operand.Evaluate(in input, ref run);
        return conversion switch
        {
            ExpressionOperator.ToText => Coercion.ToText(in value, ref run.Cost),
            ExpressionOperator.ToNumber => Coercion.ToNumber(in value, ref run.Cost),
            ExpressionOperator.ToTruth => value.Kind == AttributeKind.List || Coercion.IsTrue(in value),
            ExpressionOperator.TypeName => TypeName(in value),
            ExpressionOperator.Length => value.Kind == AttributeKind.List ? value.Items.Length : default(AttributeValue),
            ExpressionOperator.FoldCase => value.AsString() is { } text ? Folded(text, ref run.Cost) : value,
            _ => Expressions.PaddedVersion.Of(in value, ref run.Cost),
        };
    }

    private static string Folded(string text, ref FormulaCost cost) => cost.TryWrite(text.Length) ? text.ToLowerInvariant() : "";

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
