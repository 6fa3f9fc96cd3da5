using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A comparison with the number in a value, or in its text. The test does not hold for a value that is not a number.</summary>
internal sealed class ReadNumberTest(AttributeReference attribute, string name, AttributeValue operand, NumberReading reading, Comparison comparison, double[] bounds)
    : AttributeTest(attribute, name, operand)
{
    protected override Truth Judge(in AttributeValue value, in EvaluationInput input)
    {
        if (!AttributeNumber.TryRead(in value, reading, out var number))
            return Truth.Unknown;
        foreach (var bound in bounds)
        {
            if (Holds(number, bound))
                return Truth.True;
        }

        return Truth.False;
    }

    private bool Holds(double number, double bound) => comparison switch
    {
        Comparison.Less => number < bound,
        Comparison.AtMost => number <= bound,
        Comparison.Greater => number > bound,
        Comparison.AtLeast => number >= bound,
        _ => number == bound,
    };
}
