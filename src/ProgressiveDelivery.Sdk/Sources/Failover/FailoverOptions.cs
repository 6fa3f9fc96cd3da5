namespace ProgressiveDelivery.Sdk.Sources.Failover;

/// <summary>When a client with several sources leaves the one in use for the next, and when it returns.</summary>
public sealed class FailoverOptions
{
    /// <summary>
    /// How long a source that has served may fail without interruption, or lag behind what is in force, until the next one is read;
    /// 2 minutes by default, an hour at most. Where waiting is pointless, a source is left at once: when it refuses the credentials or
    /// the address, sends a web page, twice in turn sends what is not accepted, or has not served since it came into use.
    /// </summary>
    public TimeSpan DemoteAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long a lesser source serves until a preferred one is tried again; 5 minutes by default, 1 second at least, a day at
    /// most. Up to 10 % longer, at random, so that a fleet does not return together. Several preferred ones take turns.
    /// </summary>
    public TimeSpan RetryPreferredAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long such a try may take, since the source in use is not read meanwhile; 1 minute by default, an hour at most. A stream
    /// needs its attempt's and its heartbeat's timeout together.
    /// </summary>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromMinutes(1);
}
