namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>The options of an endpoint that serves snapshots.</summary>
public sealed class SnapshotEndpointOptions
{
    /// <summary>The name of the client whose rules are served; null, the default, for the client without a name.</summary>
    public string? Client { get; set; }

    /// <summary>The number of streams that may be open at once; 10,000 by default. Further ones get 503 with <c>Retry-After</c>.</summary>
    public int MaxSubscribers { get; set; } = 10_000;

    /// <summary>The pause between two heartbeats of a stream; 15 seconds by default, a second at least, an hour at most. Clients wait for three of them by default.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The time in which a reader must take the next 32 KiB, of a stream or a document; 30 seconds by default, a second at least, an hour at most. After that its connection is cut.
    /// </summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    internal void ThrowIfInvalid()
    {
        if (MaxSubscribers < 1)
            throw new ArgumentException($"{nameof(MaxSubscribers)} is {MaxSubscribers}. Give a number of at least 1.");
        Check(HeartbeatInterval, nameof(HeartbeatInterval));
        Check(WriteTimeout, nameof(WriteTimeout));
    }

    private static void Check(TimeSpan value, string name)
    {
        if (value < TimeSpan.FromSeconds(1) || value > TimeSpan.FromHours(1))
            throw new ArgumentException($"{name} is {value}. Give a time between a second and an hour.");
    }
}
