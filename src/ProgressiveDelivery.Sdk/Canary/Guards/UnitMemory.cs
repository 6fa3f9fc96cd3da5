namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>
/// Remembers the units whose outcome counted within a time, in constant memory. Beyond some thousands of units within that time the oldest are forgotten, and may count
/// again. Safe to use from any thread.
/// </summary>
internal sealed class UnitMemory(TimeSpan time, TimeProvider clock)
{
    public const int Capacity = Buckets * Ways;

    private const int Buckets = 1_024;
    private const int Ways = 4;

    private readonly (ulong Unit, long At)[] _units = new (ulong, long)[Capacity];

    /// <summary>Returns whether an outcome of a unit counts: none of it did within the time. An unknown unit, 0, always counts.</summary>
    public bool TryCount(ulong unit)
    {
        if (unit == 0)
            return true;
        var now = clock.GetTimestamp();
        var bucket = _units.AsSpan((int)(unit % Buckets) * Ways, Ways);
        lock (_units)
        {
            var place = PlaceOf(unit, bucket);
            if (bucket[place].Unit == unit && clock.GetElapsedTime(bucket[place].At, now) < time)
                return false;
            bucket[place] = (unit, now);
            return true;
        }
    }

    // The unit's own place, else a free one, else the oldest.
    private static int PlaceOf(ulong unit, ReadOnlySpan<(ulong Unit, long At)> bucket)
    {
        var oldest = 0;
        for (var way = 0; way < bucket.Length; way++)
        {
            if (bucket[way].Unit == unit)
                return way;
            if (bucket[oldest].Unit != 0 && (bucket[way].Unit == 0 || bucket[way].At < bucket[oldest].At))
                oldest = way;
        }

        return oldest;
    }
}
