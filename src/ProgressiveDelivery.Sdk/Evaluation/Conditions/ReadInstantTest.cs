using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary><c>before</c> and <c>after</c>, on an instant as a dialect writes dates.</summary>
internal sealed class ReadInstantTest(AttributeReference attribute, AttributeValue operand, InstantReading reading, long bound, bool before)
    : AttributeTest(attribute, before ? "before" : "after", operand)
{
    protected override Truth Judge(in AttributeValue value, in EvaluationInput input)
    {
        if (!TryRead(in value, reading, out var ticks))
            return Truth.Unknown;
        return (before ? ticks < bound : ticks > bound).ToTruth();
    }

    /// <summary>Reads the ticks of a value.</summary>
    public static bool TryRead(in AttributeValue value, InstantReading reading, out long ticks)
    {
        ticks = value.InstantTicks;
        if (value.Kind == AttributeKind.Instant)
            return true;
        if (value.AsString() is { } text)
            return reading == InstantReading.Iso8601 ? TryParseIso8601(text, out ticks) : Rfc3339.TryParse(text, out ticks);
        // ECMAScript's dates end at this number of milliseconds.
        if (reading != InstantReading.Rfc3339OrMilliseconds || !value.TryGetNumber(out var milliseconds) || !(Math.Abs(milliseconds) <= 8.64e15))
            return false;
        ticks = DateTime.UnixEpoch.Ticks + (long)(milliseconds * TimeSpan.TicksPerMillisecond);
        return true;
    }

    private static bool TryParseIso8601(string text, out long ticks)
    {
        var parsed = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant);
        ticks = instant.UtcTicks;
        return parsed;
    }
}

/// <summary><c>before</c> and <c>after</c>, on seconds since 1970, or a text of them.</summary>
internal sealed class ReadSecondsTest(AttributeReference attribute, AttributeValue operand, double bound, bool before)
    : AttributeTest(attribute, before ? "before" : "after", operand)
{
    protected override Truth Judge(in AttributeValue value, in EvaluationInput input)
    {
        if (!TryRead(in value, out var seconds))
            return Truth.Unknown;
        return (before ? seconds < bound : seconds > bound).ToTruth();
    }

    /// <summary>Reads the seconds of a value.</summary>
    public static bool TryRead(in AttributeValue value, out double seconds)
    {
        seconds = value.Kind == AttributeKind.Instant ? AttributeText.SecondsOf(value.InstantTicks) : 0;
        return value.Kind == AttributeKind.Instant || AttributeNumber.TryRead(in value, NumberReading.Lenient, out seconds);
    }
}
