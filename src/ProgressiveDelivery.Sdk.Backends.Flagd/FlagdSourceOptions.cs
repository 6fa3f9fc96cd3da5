namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>How flag configurations are followed over flagd's sync stream (gRPC, <c>flagd.sync.v1</c>).</summary>
public sealed class FlagdSourceOptions
{
    /// <summary>The server, <c>http</c> (without TLS, HTTP/2 all the same) or <c>https</c>, such as <c>http://flagd:8015</c>. Required.</summary>
    public Uri? Address { get; set; }

    /// <summary>
    /// Which flags are wanted: <c>flagSetId=checkout</c>, or the name of one of the server's own sources; null by default: all. It is sent as
    /// the <c>Flagd-Selector</c> header and, for older servers, with the request.
    /// </summary>
    public string? Selector { get; set; }

    /// <summary>Who we are, for the server's logs. <c>ProgressiveDelivery.Sdk</c> by default.</summary>
    public string ProviderId { get; set; } = "ProgressiveDelivery.Sdk";

    /// <summary>The generation of the <c>fractional</c> operator. Default: <see cref="FlagdFractional.V2"/>.</summary>
    public FlagdFractional Fractional { get; set; }

    /// <summary>The <c>Authorization</c> header's value, such as <c>Bearer …</c>, for a gateway before the server; null by default: none. Never logged.</summary>
    public string? Authorization { get; set; }

    /// <summary>
    /// Whether the values that the server sends for every evaluation, its sync context, are seen by targeting rules, in place of the caller's
    /// attributes of the same names. They are kept with the rules, and so hold while the server is away. Default true.
    /// </summary>
    public bool UseSyncContext { get; set; } = true;

    /// <summary>How long the first configuration of a connection may take, connecting included; 10 seconds by default, an hour at most.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long one stream is kept, before another takes its place without anybody noticing: a server may have forgotten it. 10 minutes by
    /// default; a minute at least, a day at most.
    /// </summary>
    public TimeSpan StreamDeadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How often a silent connection is asked whether it still lives, by a ping of HTTP/2; as long may the answer take. After both, the rules
    /// count as confirmed. 10 seconds by default; a second at least, an hour at most.
    /// </summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest message that is taken, in bytes; 64 MiB by default.</summary>
    public int MaximumBytes { get; set; } = 64 * 1024 * 1024;

    internal Action<SocketsHttpHandler>? Handler { get; private set; }

    /// <summary>Changes how connections are made: certificates, a proxy, a Unix socket (<see cref="SocketsHttpHandler.ConnectCallback"/>).</summary>
    /// <param name="configure">Changes the handler, which has its keep-alive set already. Called once for each connection.</param>
    public void ConfigureHandler(Action<SocketsHttpHandler> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Handler = configure;
    }
}
