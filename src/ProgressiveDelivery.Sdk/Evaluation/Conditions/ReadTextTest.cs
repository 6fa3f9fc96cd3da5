using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A test on the text of a value, converted if it is not a string. The whole, start, end or part of it must be one of some texts.</summary>
internal sealed class ReadTextTest(AttributeReference attribute, string name, AttributeValue operand, TextReading reading, TextPlace place, string[] texts, bool ignoreCase)
    : AttributeTest(attribute, name, operand)
{
    // Comparing a handful one by one is cheaper than hashing.
    private const int ScanLimit = 4;

    private readonly StringComparison _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
    private readonly StringTable<string>? _table = place == TextPlace.Whole && !ignoreCase && texts.Length > ScanLimit ? StringTable.OfTexts(texts) : null;

    [SkipLocalsInit]
    protected override Truth Judge(in AttributeValue value, in EvaluationInput input)
    {
        Unsafe.SkipInit(out UnitScratch room);
        var text = new AttributeText(room);
        if (!text.TryRead(in value, reading))
            return Truth.Unknown;
        var truth = Holds(text.Text).ToTruth();
        text.Return();
        return truth;
    }

    private bool Holds(ReadOnlySpan<char> subject)
    {
        if (_table is not null)
            return _table.Find(subject) is not null;
        foreach (var text in texts)
        {
            if (Holds(subject, text))
                return true;
        }

        return false;
    }

    private bool Holds(ReadOnlySpan<char> subject, string text) => place switch
    {
        TextPlace.Start => subject.StartsWith(text, _comparison),
        TextPlace.End => subject.EndsWith(text, _comparison),
        TextPlace.Whole => subject.Equals(text, _comparison),
        _ => subject.Contains(text, _comparison),
    };
}
