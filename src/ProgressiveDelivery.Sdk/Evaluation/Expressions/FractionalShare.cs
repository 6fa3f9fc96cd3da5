namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>A share: its value and weight, or an expression that yields a list of both.</summary>
internal sealed class FractionalShare
{
    private const int Heaviest = int.MaxValue;

    private readonly Expression? _value;
    private readonly Expression? _weight;
    private readonly Expression? _whole;

    public FractionalShare(Expression value, Expression? weight) => (_value, _weight) = (value, weight);

    public FractionalShare(Expression whole) => _whole = whole;

    /// <summary>Returns the weight; negative if it is invalid.</summary>
    public long Weigh(in EvaluationInput input, ref ExpressionRun run)
    {
        if (_whole is null)
            return _weight is null ? 1 : ToWeight(_weight.Evaluate(in input, ref run));
        var whole = _whole.Evaluate(in input, ref run);
        return whole.Items.Length switch
        {
            1 => 1,
            2 => ToWeight(whole.Items[1]),
            _ => -1,
        };
    }

    /// <summary>Returns the value: a text, a boolean, a number or null.</summary>
    public AttributeValue Yield(in EvaluationInput input, ref ExpressionRun run)
    {
        var value = _whole is null ? _value!.Evaluate(in input, ref run) : _whole.Evaluate(in input, ref run).Items[0];
        return value.Kind is AttributeKind.List or AttributeKind.Object ? default : value;
    }

    private static long ToWeight(in AttributeValue value)
    {
        if (!value.TryGetNumber(out var weight) || Math.Floor(weight) != weight || weight > Heaviest)
            return -1;
        return (long)Math.Max(0, weight);
    }
}
