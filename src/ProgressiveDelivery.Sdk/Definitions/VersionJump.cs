namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// Detects a version that no counter or clock reaches: after it, all lower versions would have no effect. Such a version is more than 2^53 higher and
/// more than twice the version before. Without a version before, it is 2^62 or more, which clocks in nanoseconds reach in the year 2116.
/// </summary>
internal static class VersionJump
{
    private const long MaxStep = 1L << 53;
    private const long MaxFirst = 1L << 62;

    public static bool IsFar(long version, long current) =>
        version > current && (current < 1 ? version >= MaxFirst : version - current > MaxStep && version / 2 > current);
}
