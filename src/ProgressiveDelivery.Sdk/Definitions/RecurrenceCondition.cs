namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// Holds during a window of time that comes again: daily or weekly, every so many days or weeks, for ever, until a date, or a number of times.
/// </summary>
/// <param name="Start">The start of the first occurrence. Days and hours are those of its offset from UTC, all along.</param>
/// <param name="End">The end of the first occurrence, excluded; after <paramref name="Start"/>, and so soon that occurrences do not overlap.</param>
/// <remarks>A flag with a recurrence that cannot be is quarantined: an end that is not after the start, a window that is longer than the pause between two of them, a start on a day that is not listed.</remarks>
public sealed record RecurrenceCondition(DateTimeOffset Start, DateTimeOffset End) : ConditionDefinition
{
    /// <summary>The days of the week, of a weekly recurrence; null: it is daily.</summary>
    public IReadOnlyList<DayOfWeek>? Days { get; init; }

    /// <summary>The number of days, or of weeks, from one to the next; at least 1, which is the default.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>The day on which weeks begin, of a weekly recurrence; Sunday by default.</summary>
    public DayOfWeek FirstDayOfWeek { get; init; }

    /// <summary>No occurrence starts after this; null: none is the last.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many occurrences there are; at least 1; null: without end.</summary>
    public long? Occurrences { get; init; }
}
