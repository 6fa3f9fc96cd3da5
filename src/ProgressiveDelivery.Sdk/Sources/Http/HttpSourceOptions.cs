using Polly;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>How a snapshot is polled over HTTP.</summary>
public sealed class HttpSourceOptions
{
    /// <summary>The snapshot's full address, <c>http</c> or <c>https</c>, without credentials in it. Required.</summary>
    public Uri? Address { get; set; }

    /// <summary>
    /// The named client of <see cref="IHttpClientFactory"/> that requests go through: the place for a proxy, certificates or
    /// handlers of your own. <c>ProgressiveDelivery.Sdk</c> by default.
    /// </summary>
    public string HttpClientName { get; set; } = "ProgressiveDelivery.Sdk";

    /// <summary>The <c>Authorization</c> header's value, such as <c>Bearer …</c>; null by default: none. Never logged.</summary>
    public string? Authorization { get; set; }

    /// <summary>Further request headers by name; none by default. Their values are never logged.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The time from one poll to the next; 30 seconds by default, 1 second at least, a day at most. Each wait is up to 10 %
    /// shorter or longer, and the first is cut at random, so that a fleet that starts together does not poll together.
    /// </summary>
    public TimeSpan PollingInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long one attempt may take until the response's headers are there, connecting included; 10 seconds by default, an
    /// hour at most.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the body may take after the headers; 60 seconds by default, an hour at most.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest body that is taken, in bytes, as sent and decompressed alike; 64 MiB by default.</summary>
    public int MaximumBytes { get; set; } = 64 * 1024 * 1024;

    internal Action<ResiliencePipelineBuilder>? Resilience { get; private set; }

    /// <summary>
    /// Replaces how attempts of one poll are repeated. By default a fault of the network, a 408 or a 5xx is tried again twice,
    /// after about half a second and one second, unless the backend sent <c>Retry-After</c>. An attempt that fails throws a
    /// <see cref="SnapshotSourceException"/>; a strategy that gives up, by whatever exception, costs one poll.
    /// </summary>
    /// <param name="configure">Adds the strategies; none added means one attempt. The builder's clock is set already.</param>
    public void UseResilience(Action<ResiliencePipelineBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Resilience = configure;
    }
}
