using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary><c>matches</c> on the text of a value, which is converted if it is not a string.</summary>
internal sealed class ReadMatchesTest(AttributeReference attribute, AttributeValue operand, TextReading reading, Pattern? pattern)
    : AttributeTest(attribute, "matches", operand)
{
    [SkipLocalsInit]
    protected override Truth Judge(in AttributeValue value, in EvaluationInput input)
    {
        Unsafe.SkipInit(out UnitScratch room);
        var text = new AttributeText(room);
        if (!text.TryRead(in value, reading))
            return Truth.Unknown;
        var truth = pattern is null ? Truth.False : input.Matches(pattern, text.Text);
        text.Return();
        return truth;
    }
}
