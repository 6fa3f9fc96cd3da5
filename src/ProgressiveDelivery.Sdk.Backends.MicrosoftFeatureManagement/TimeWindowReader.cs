using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary><c>Microsoft.TimeWindow</c>: from a start, to an end, and perhaps again.</summary>
internal static class TimeWindowReader
{
    private const string Missing = "Value cannot be null or empty.";
    private const string OutOfRange = "The value is out of the accepted range.";
    private const string Unrecognizable = "The value is unrecognizable.";
    private const string TooLong = "Time window duration cannot be longer than how frequently it occurs or be longer than 10 years.";
    private const string NotFirst = "Start date is not a valid first occurrence.";
    private const int LongestInDays = 3650;
    private const int DaysOfAWeek = 7;

    /// <exception cref="FlagException">A part cannot be read.</exception>
    public static ConditionDefinition Read(JsonElement parameters)
    {
        if (Member.Find(parameters, "Recurrence") is not { } recurrence)
        {
            var (start, end) = (Instant(parameters, "Start", "Start"), Instant(parameters, "End", "End"));
            return start is null && end is null ? new AnyCondition([]) : new BetweenCondition(start, end);
        }

        return Read(parameters, recurrence, out var parameter, out var fault) is { } condition
            ? condition
            : throw new FlagException($"{fault} (Parameter '{parameter}')");
    }

    /// <summary>Reads a window that comes again; null, with the parameter that is wrong and what is wrong with it, where it cannot be. In Microsoft's order, and in its words.</summary>
    public static RecurrenceCondition? Read(JsonElement parameters, JsonElement recurrence, out string? parameter, out string? fault)
    {
        try
        {
            (parameter, fault) = (null, null);
            return Read(parameters, recurrence);
        }
        catch (ParameterException wrong)
        {
            (parameter, fault) = (wrong.Parameter, wrong.Message);
            return null;
        }
    }

    private static RecurrenceCondition Read(JsonElement parameters, JsonElement recurrence)
    {
        var start = Instant(parameters, "Start", "Start") ?? throw new ParameterException("Start", Missing);
        var end = Instant(parameters, "End", "End") ?? throw new ParameterException("End", Missing);
        var pattern = Member.Find(recurrence, "Pattern") ?? throw new ParameterException("Recurrence.Pattern", Missing);
        var range = Member.Find(recurrence, "Range") ?? throw new ParameterException("Recurrence.Range", Missing);
        if (end <= start)
            throw new ParameterException("End", OutOfRange);
        if (end - start >= TimeSpan.FromDays(LongestInDays))
            throw new ParameterException("End", TooLong);

        return WithRange(WithPattern(new(start, end), pattern), range);
    }

    private static RecurrenceCondition WithPattern(RecurrenceCondition condition, JsonElement pattern)
    {
        var interval = Whole(pattern, "Interval", "Recurrence.Pattern.Interval", 1);
        if (interval is < 1 or > int.MaxValue)
            throw new ParameterException("Recurrence.Pattern.Interval", OutOfRange);
        condition = condition with { Interval = (int)interval };
        return Choice(pattern, "Type", "Recurrence.Pattern.Type", "Daily", "Weekly") == "Weekly" ? Weekly(condition, pattern) : Daily(condition);
    }

    private static RecurrenceCondition Daily(RecurrenceCondition condition) =>
        (condition.End - condition.Start).TotalDays <= condition.Interval ? condition : throw new ParameterException("End", TooLong);

    private static RecurrenceCondition Weekly(RecurrenceCondition condition, JsonElement pattern)
    {
        var days = Member.Texts(pattern, "DaysOfWeek").Select(day => Day(day, "Recurrence.Pattern.DaysOfWeek")).Distinct().ToArray();
        if (days.Length == 0)
            throw new ParameterException("Recurrence.Pattern.DaysOfWeek", Missing);
        var first = Member.Text(pattern, "FirstDayOfWeek") is { } text ? Day(text, "Recurrence.Pattern.FirstDayOfWeek") : DayOfWeek.Sunday;
        if ((condition.End - condition.Start).TotalDays > ShortestPause(days, first, condition.Interval))
            throw new ParameterException("End", TooLong);
        if (!days.Contains(condition.Start.DayOfWeek))
            throw new ParameterException("Start", NotFirst);
        return condition with { Days = days, FirstDayOfWeek = first };
    }

    private static long ShortestPause(DayOfWeek[] days, DayOfWeek first, int interval)
    {
        int[] offsets = [.. days.Select(day => (day - first + DaysOfAWeek) % DaysOfAWeek).Order()];
        var shortest = ((long)interval * DaysOfAWeek) - offsets[^1] + offsets[0];
        for (var i = 1; i < offsets.Length; i++)
            shortest = Math.Min(shortest, offsets[i] - offsets[i - 1]);
        return shortest;
    }

    private static RecurrenceCondition WithRange(RecurrenceCondition condition, JsonElement range)
    {
        switch (Choice(range, "Type", "Recurrence.Range.Type", "NoEnd", "EndDate", "Numbered"))
        {
            case "EndDate":
                var until = Instant(range, "EndDate", "Recurrence.Range.EndDate") ?? DateTimeOffset.MaxValue;
                return until >= condition.Start ? condition with { Until = until } : throw new ParameterException("Recurrence.Range.EndDate", OutOfRange);
            case "Numbered":
                var occurrences = Whole(range, "NumberOfOccurrences", "Recurrence.Range.NumberOfOccurrences", int.MaxValue);
                return occurrences >= 1 ? condition with { Occurrences = occurrences } : throw new ParameterException("Recurrence.Range.NumberOfOccurrences", OutOfRange);
            default:
                return condition;
        }
    }

    // RFC 1123, and whatever else a DateTimeOffset can be read from.
    private static DateTimeOffset? Instant(JsonElement parent, string name, string parameter)
    {
        if (Member.Text(parent, name) is not { Length: > 0 } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new ParameterException(parameter, Unrecognizable);
    }

    private static long Whole(JsonElement parent, string name, string parameter, long fallback)
    {
        if (Member.Find(parent, name) is not { } value)
            return fallback;
        return Member.TryNumber(value, out var number) && Math.Floor(number) == number && number is > long.MinValue and < long.MaxValue
            ? (long)number
            : throw new ParameterException(parameter, Unrecognizable);
    }

    private static string Choice(JsonElement parent, string name, string parameter, params string[] choices)
    {
        if (Member.Text(parent, name) is not { } text)
            return choices[0];
        return Array.Find(choices, choice => string.Equals(choice, text, StringComparison.OrdinalIgnoreCase)) ?? throw new ParameterException(parameter, Unrecognizable);
    }

    private static DayOfWeek Day(string text, string parameter) =>
        Enum.TryParse<DayOfWeek>(text, ignoreCase: true, out var day) && Enum.IsDefined(day) ? day : throw new ParameterException(parameter, Unrecognizable);

    private sealed class ParameterException(string parameter, string message) : Exception(message)
    {
        public string Parameter => parameter;
    }
}
