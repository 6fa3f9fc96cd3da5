using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>The times in which the share of a rollout does not grow.</summary>
internal sealed class Blackouts(WeeklyHours[] hours, bool isEndless = false)
{
    /// <summary>The time that never comes.</summary>
    public const long Never = long.MaxValue;

    // Every week has the same hours, except where a clock jumps, and no two weeks in a row have the same jump.
    private const long MaxWait = 15 * TimeSpan.TicksPerDay;

    // Far more than steps of one rollout need, and quick: hours of all of its blackouts may follow each other without end.
    private const int MaxMoves = 10_000;

    private int _moves;

    public static Blackouts None { get; } = new([]);

    /// <summary>A blackout that cannot be used.</summary>
    public static Blackouts Endless { get; } = new([], isEndless: true);

    /// <summary>Returns whether a time, in ticks of UTC, is in a blackout.</summary>
    public bool Include(long utcTicks) => isEndless || IndexAt(utcTicks) >= 0;

    /// <summary>Returns the first time, from one on, that is in no blackout; <see cref="Never"/> if none is near. Used by one thread, while the rollout is compiled.</summary>
    public long FreeFrom(long utcTicks)
    {
        if (isEndless)
            return Never;
        var (free, last) = (utcTicks, utcTicks + MaxWait);
        while (IndexAt(free) is var index && index >= 0)
        {
            if (++_moves > MaxMoves || hours[index].EndAfter(free) is not { } end || end > last)
                return Never;
            free = end;
        }

        return free;
    }

    private int IndexAt(long utcTicks)
    {
        for (var i = 0; i < hours.Length; i++)
        {
            if (hours[i].Include(utcTicks))
                return i;
        }

        return -1;
    }
}
