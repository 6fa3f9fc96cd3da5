namespace Experiment;

/// <summary>A clock whose date the shop sets, so that three weeks pass in seconds. Timers run in real time.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private long _now = Truth.Start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _now, now.UtcTicks);
}
