using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Reads the recurrence of a time window: first all of it, then checks it in Microsoft's order and words.</summary>
internal static class RecurrenceReader
{
    private const string Missing = "Value cannot be null or empty.";
    private const string OutOfRange = "The value is out of the accepted range.";
    private const string Unrecognizable = "The value is unrecognizable.";
    private const string TooLong = "Time window duration cannot be longer than how frequently it occurs or be longer than 10 years.";
    private const string NotFirst = "Start date is not a valid first occurrence.";
    private const int MaxDays = 3650;
    private const int DaysOfAWeek = 7;

    /// <summary>Reads a recurring window, or returns null with the invalid parameter and its fault.</summary>
    /// <exception cref="FlagException">A text is not of its member's type.</exception>
    public static RecurrenceCondition? Read(Section recurrence, DateTimeOffset? start, DateTimeOffset? end, out string? parameter, out string? fault)
    {
        var read = new RecurrenceParts(recurrence);
        try
        {
            (parameter, fault) = (null, null);
            return Check(read, start, end);
        }
        catch (ParameterException wrong)
        {
            (parameter, fault) = (wrong.Parameter, wrong.Message);
            return null;
        }
    }

    private static RecurrenceCondition Check(RecurrenceParts parts, DateTimeOffset? start, DateTimeOffset? end)
    {
        if (start is not { } from)
            throw new ParameterException("Start", Missing);
        if (end is not { } to)
            throw new ParameterException("End", Missing);
        if (!parts.HasPattern)
            throw new ParameterException("Recurrence.Pattern", Missing);
        if (!parts.HasRange)
            throw new ParameterException("Recurrence.Range", Missing);
        if (to <= from)
            throw new ParameterException("End", OutOfRange);
        if (to - from >= TimeSpan.FromDays(MaxDays))
            throw new ParameterException("End", TooLong);
        if (parts.Interval < 1)
            throw new ParameterException("Recurrence.Pattern.Interval", OutOfRange);

        var condition = new RecurrenceCondition { Start = from, End = to, Interval = parts.Interval };
        return WithRange(WithPattern(condition, parts), parts);
    }

    private static RecurrenceCondition WithPattern(RecurrenceCondition condition, RecurrenceParts parts) => parts.Pattern switch
    {
        RecurrencePatternType.Daily => (condition.End - condition.Start).TotalDays <= condition.Interval ? condition : throw new ParameterException("End", TooLong),
        RecurrencePatternType.Weekly => Weekly(condition, parts),
        _ => throw new ParameterException("Recurrence.Pattern.Type", Unrecognizable),
    };

    private static RecurrenceCondition Weekly(RecurrenceCondition condition, RecurrenceParts parts)
    {
        if (parts.Days.Length == 0)
            throw new ParameterException("Recurrence.Pattern.DaysOfWeek", Missing);
        if ((condition.End - condition.Start).TotalDays > MinPause(parts.Days, parts.FirstDayOfWeek, condition.Interval))
            throw new ParameterException("End", TooLong);
        if (!parts.Days.Contains(condition.Start.DayOfWeek))
            throw new ParameterException("Start", NotFirst);
        return condition with { Days = parts.Days, FirstDayOfWeek = parts.FirstDayOfWeek };
    }

    private static RecurrenceCondition WithRange(RecurrenceCondition condition, RecurrenceParts parts) => parts.Range switch
    {
        RecurrenceRangeType.NoEnd => condition,
        RecurrenceRangeType.EndDate => parts.EndDate >= condition.Start ? condition with { Until = parts.EndDate } : throw new ParameterException("Recurrence.Range.EndDate", OutOfRange),
        RecurrenceRangeType.Numbered => parts.Occurrences >= 1 ? condition with { Occurrences = parts.Occurrences } : throw new ParameterException("Recurrence.Range.NumberOfOccurrences", OutOfRange),
        _ => throw new ParameterException("Recurrence.Range.Type", Unrecognizable),
    };

    private static long MinPause(DayOfWeek[] days, DayOfWeek first, int interval)
    {
        int[] offsets = [.. days.Select(day => (day - first + DaysOfAWeek) % DaysOfAWeek).Order()];
        var shortest = ((long)interval * DaysOfAWeek) - offsets[^1] + offsets[0];
        for (var i = 1; i < offsets.Length; i++)
            shortest = Math.Min(shortest, offsets[i] - offsets[i - 1]);
        return shortest;
    }

    private sealed class ParameterException(string parameter, string message) : Exception(message)
    {
        public string Parameter => parameter;
    }
}
