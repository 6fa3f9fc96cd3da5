using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A recurring window of time, in ticks of UTC. The offset of its first start determines the day.</summary>
internal sealed class Recurrence
{
    private const int DaysOfAWeek = 7;

    private readonly long _start;
    private readonly long _duration;
    private readonly long _period;
    private readonly long _lastStart;
    private readonly long _occurrences;
    private readonly long[]? _days;
    private readonly long _weekStart;
    private readonly int _firstIndex;

    /// <param name="start">The first start.</param>
    /// <param name="end">The first end.</param>
    /// <param name="interval">Days or weeks from one to the next.</param>
    /// <param name="days">The days of a weekly window, without duplicates; null for a daily window.</param>
    /// <param name="firstDayOfWeek">The day on which weeks begin.</param>
    /// <param name="until">No occurrence starts after this.</param>
    /// <param name="occurrences">The number of occurrences.</param>
    public Recurrence(DateTimeOffset start, DateTimeOffset end, int interval, DayOfWeek[]? days, DayOfWeek firstDayOfWeek, DateTimeOffset? until, long? occurrences)
    {
        _start = start.UtcTicks;
        _duration = (end - start).Ticks;
        _lastStart = until?.UtcTicks ?? long.MaxValue;
        _occurrences = occurrences ?? long.MaxValue;
        _period = interval * TimeSpan.TicksPerDay * (days is null ? 1 : DaysOfAWeek);
        if (days is null)
            return;

        var offset = OffsetOf(start.DayOfWeek, firstDayOfWeek);
        _weekStart = _start - offset;
        _days = [.. days.Select(day => OffsetOf(day, firstDayOfWeek)).Order()];
        _firstIndex = Array.IndexOf(_days, offset);
    }

    /// <summary>Returns whether an occurrence is in progress.</summary>
    public bool IsActive(long now) => TryFindLast(now, out var start, out _) && now < start + _duration;

    /// <summary>
    /// Returns the start of the current occurrence, else of the next one. Null after the last one, and if time ends before the next one.
    /// </summary>
    public long? ClosestStart(long now)
    {
        if (now < _start)
            return _start;
        if (!TryFindLast(now, out var start, out var number))
            return null;
        if (now < start + _duration)
            return start;
        var next = Next(start);
        return next <= _lastStart && next <= DateTime.MaxValue.Ticks && number < _occurrences ? next : null;
    }

    public string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"{(_days is null ? "daily" : "weekly")}, {TimeSpan.FromTicks(_duration)} from {new DateTime(_start, DateTimeKind.Utc):O}, every {TimeSpan.FromTicks(_period).Days} days");

    // Finds the last occurrence that has begun.
    private bool TryFindLast(long now, out long start, out long number)
    {
        (start, number) = (_start, 1);
        if (now < _start)
            return false;
        if (_days is null)
            (start, number) = LastDaily(now);
        else
            (start, number) = LastWeekly(now, _days);
        return start <= _lastStart && number <= _occurrences;
    }

    private (long Start, long Number) LastDaily(long now)
    {
        var passed = (now - _start) / _period;
        return (_start + (passed * _period), passed + 1);
    }

    private (long Start, long Number) LastWeekly(long now, long[] days)
    {
        var weeks = (now - _weekStart) / _period;
        var week = _weekStart + (weeks * _period);
        var index = days.Length - 1;
        while (index >= 0 && week + days[index] > now)
            index--;
        if (index < 0)
        {
            // The last occurrence of the week before.
            index = days.Length - 1;
            week -= _period;
            weeks--;
        }

        return (week + days[index], (weeks * days.Length) + index - _firstIndex + 1);
    }

    private long Next(long start)
    {
        if (_days is null)
            return start + _period;
        var within = (start - _weekStart) % _period;
        var index = Array.IndexOf(_days, within);
        return index == _days.Length - 1 ? start - within + _period + _days[0] : start - within + _days[index + 1];
    }

    private static long OffsetOf(DayOfWeek day, DayOfWeek firstDayOfWeek) =>
        (day - firstDayOfWeek + DaysOfAWeek) % DaysOfAWeek * TimeSpan.TicksPerDay;
}
