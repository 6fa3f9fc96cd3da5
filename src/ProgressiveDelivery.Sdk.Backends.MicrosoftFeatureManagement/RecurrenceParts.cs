namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>The members of a recurrence, each of its own type, not yet validated.</summary>
internal sealed class RecurrenceParts
{
    private const string Types = "Microsoft.FeatureManagement.FeatureFilters";

    /// <exception cref="FlagException">A text is not of its member's type.</exception>
    public RecurrenceParts(Section recurrence)
    {
        var (pattern, range) = (recurrence.Get("Pattern"), recurrence.Get("Range"));
        (HasPattern, HasRange) = (pattern.HasChildren, range.HasChildren);
        Pattern = Bound.Choice(pattern, "Type", RecurrencePatternType.Daily, $"{Types}.RecurrencePatternType");
        Interval = Bound.Integer(pattern, "Interval", 1);
        Days = [.. pattern.Get("DaysOfWeek").Children().Select(Day).OfType<DayOfWeek>().Distinct()];
        FirstDayOfWeek = Bound.Choice(pattern, "FirstDayOfWeek", DayOfWeek.Sunday, "System.DayOfWeek");
        Range = Bound.Choice(range, "Type", RecurrenceRangeType.NoEnd, $"{Types}.RecurrenceRangeType");
        EndDate = Bound.Instant(range, "EndDate", DateTimeOffset.MaxValue);
        Occurrences = Bound.Integer(range, "NumberOfOccurrences", int.MaxValue);
        if (!Enum.IsDefined(FirstDayOfWeek) || !Array.TrueForAll(Days, Enum.IsDefined))
            throw new FlagException("The value is unrecognizable. (Parameter 'Recurrence.Pattern')");
    }

    public bool HasPattern { get; }

    public bool HasRange { get; }

    public RecurrencePatternType Pattern { get; }

    public int Interval { get; }

    public DayOfWeek[] Days { get; }

    public DayOfWeek FirstDayOfWeek { get; }

    public RecurrenceRangeType Range { get; }

    public DateTimeOffset EndDate { get; }

    public int Occurrences { get; }

    // An invalid day is left out, as configuration's binder leaves out items of a list.
    private static DayOfWeek? Day(Section item) => Enum.TryParse<DayOfWeek>(item.Value, ignoreCase: true, out var day) ? day : null;
}
