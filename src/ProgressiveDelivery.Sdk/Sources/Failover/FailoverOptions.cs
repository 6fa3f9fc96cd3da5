namespace ProgressiveDelivery.Sdk.Sources.Failover;

/// <summary>The times after which a client with several sources fails over to the next one, and returns.</summary>
public sealed class FailoverOptions
{
    /// <summary>
    /// The time for which a source that has served may fail without interruption, or lag behind the rules in force; 2 minutes by default,
    /// an hour at most. Then the next one is read. A source is left at once when waiting is pointless: it denies access, does not know
    /// the address, sends a web page or two rejected snapshots in turn, or has not served since it came into use.
    /// </summary>
    public TimeSpan DemoteAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The time for which a failover serves until a preferred source is tried again; 5 minutes by default, 1 second at least, a day
    /// at most. Up to 10 % longer, at random, so that a fleet does not return together. Several preferred ones take turns.
    /// </summary>
    public TimeSpan RetryPreferredAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The limit on the time of such a try, since the source in use is not read meanwhile; 1 minute by default, an hour at most. A
    /// stream needs its attempt's and its heartbeat's timeout together.
    /// </summary>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromMinutes(1);
}
