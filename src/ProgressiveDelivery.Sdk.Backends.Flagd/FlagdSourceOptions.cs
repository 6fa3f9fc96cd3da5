namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>Options for flagd's sync stream (gRPC, <c>flagd.sync.v1</c>).</summary>
public sealed class FlagdSourceOptions
{
    /// <summary>The server's address, <c>http</c> (HTTP/2 without TLS) or <c>https</c>, such as <c>http://flagd:8015</c>. Required.</summary>
    public Uri? Address { get; set; }

    /// <summary>
    /// The flags to follow: <c>flagSetId=checkout</c>, or the name of one of the server's own sources; null by default, for all. It is sent as
    /// the <c>Flagd-Selector</c> header and, for older servers, with the request.
    /// </summary>
    public string? Selector { get; set; }

    /// <summary>The client's name in the server's logs. Default: <c>ProgressiveDelivery.Sdk</c>.</summary>
    public string ProviderId { get; set; } = "ProgressiveDelivery.Sdk";

    /// <summary>The generation of the <c>fractional</c> operator. Default: <see cref="FlagdFractional.V2"/>.</summary>
    public FlagdFractional Fractional { get; set; }

    /// <summary>The <c>Authorization</c> header's value, such as <c>Bearer …</c>, for a gateway before the server; null by default, for none. Never logged.</summary>
    public string? Authorization { get; set; }

    /// <summary>
    /// Indicates whether targeting rules see the server's sync context: the values that it sends for every evaluation. They replace the caller's
    /// attributes of the same names. They are kept with the rules, and so remain while the server is away. Default: true.
    /// </summary>
    public bool UseSyncContext { get; set; } = true;

    /// <summary>The time limit for the first configuration of a connection, including connecting. Default: 10 seconds; at most an hour.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The lifetime of a stream, because a server may have forgotten it. Its replacement does not affect callers. Default: 10 minutes;
    /// at least a minute, at most a day.
    /// </summary>
    public TimeSpan StreamDeadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The interval of HTTP/2 pings on a silent connection, and the time limit for each answer. After both, the rules count as confirmed.
    /// Default: 10 seconds; at least a second, at most an hour.
    /// </summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(10);

    internal Action<SocketsHttpHandler>? Handler { get; private set; }

    /// <summary>Changes the way connections are made: certificates, a proxy, a Unix socket (<see cref="SocketsHttpHandler.ConnectCallback"/>).</summary>
    /// <param name="configure">Changes the handler, which has its keep-alive set already. Called once for each connection.</param>
    public void ConfigureHandler(Action<SocketsHttpHandler> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Handler = configure;
    }
}
