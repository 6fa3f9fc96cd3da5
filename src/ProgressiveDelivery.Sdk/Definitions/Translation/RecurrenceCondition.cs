using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>
/// Holds during a recurring window of time: daily or weekly, with an interval in days or weeks. It recurs forever, until a date, or a fixed
/// number of times.
/// </summary>
/// <remarks>
/// A flag with an invalid recurrence is quarantined: its end is not after its start, its occurrences overlap, or its first day is not listed.
/// </remarks>
[Experimental("PD9001")]
public sealed record RecurrenceCondition : ConditionDefinition
{
    /// <summary>The start of the first occurrence. Its UTC offset determines the days and hours of all occurrences.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The end of the first occurrence, excluded. It is after <see cref="Start"/>, and occurrences must not overlap.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>The days of a weekly recurrence; null for a daily one.</summary>
    public IReadOnlyList<DayOfWeek>? Days { get; init => field = EquatableList.Of(value); }

    /// <summary>The number of days or weeks between occurrences; at least 1, which is the default.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>The first day of the week, for a weekly recurrence; Sunday by default.</summary>
    public DayOfWeek FirstDayOfWeek { get; init; }

    /// <summary>The last time at which an occurrence may start; null if there is no last one.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The number of occurrences, at least 1; null if there is no limit.</summary>
    public long? Occurrences { get; init; }
}
