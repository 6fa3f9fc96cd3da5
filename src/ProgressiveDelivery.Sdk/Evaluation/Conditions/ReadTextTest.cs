using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A test on the text of a value that may be no text itself: whole, start, end or part, for one of some texts.</summary>
internal sealed class ReadTextTest(AttributeReference attribute, string name, AttributeValue operand, TextReading reading, TextPlace place, string[] texts, bool ignoreCase)
    : AttributeTest(attribute, name, operand)
{
    // Comparing a handful one by one is cheaper than hashing.
    private const int ScanLimit = 4;

    private readonly StringComparison _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
    private readonly StringTable<string>? _table = place == TextPlace.Whole && !ignoreCase && texts.Length > ScanLimit ? StringTable.OfTexts(texts) : null;

    [SkipLocalsInit]
    protected override Truth Judge(in AttributeValue value)
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

/// <summary><c>matches</c> on the text of a value that may be no text itself. An expression that may backtrack has a limit on its time, past which the test cannot judge.</summary>
internal sealed class ReadMatchesTest(AttributeReference attribute, AttributeValue operand, TextReading reading, Regex? expression)
    : AttributeTest(attribute, "matches", operand)
{
    [SkipLocalsInit]
    protected override Truth Judge(in AttributeValue value)
    {
        Unsafe.SkipInit(out UnitScratch room);
        var text = new AttributeText(room);
        if (!text.TryRead(in value, reading))
            return Truth.Unknown;
        var truth = Matches(text.Text);
        text.Return();
        return truth;
    }

    private Truth Matches(ReadOnlySpan<char> text)
    {
        try
        {
            return (expression?.IsMatch(text) == true).ToTruth();
        }
        catch (RegexMatchTimeoutException)
        {
            return Truth.Unknown;
        }
    }
}
