namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary><c>startsWith</c>, <c>endsWith</c> and <c>contains</c>, for one of some texts.</summary>
internal sealed class TextTest(AttributeReference attribute, string name, AttributeValue operand, TextPlace place, string[] texts, bool ignoreCase)
    : AttributeTest(attribute, name, operand)
{
    private readonly StringComparison _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    protected override Truth Judge(in AttributeValue value, in EvaluationInput input)
    {
        if (value.AsString() is not { } subject)
            return Truth.Unknown;
        foreach (var text in texts)
        {
            if (Holds(subject, text))
                return Truth.True;
        }

        return Truth.False;
    }

    private bool Holds(string subject, string text) => place switch
    {
        TextPlace.Start => subject.StartsWith(text, _comparison),
        TextPlace.End => subject.EndsWith(text, _comparison),
        _ => subject.Contains(text, _comparison),
    };
}
