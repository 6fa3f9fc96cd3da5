namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>It is always the same moment, so that an input always does the same.</summary>
internal sealed class StandingClock : TimeProvider
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Noon;

    public override long GetTimestamp() => Noon.UtcTicks;
}
