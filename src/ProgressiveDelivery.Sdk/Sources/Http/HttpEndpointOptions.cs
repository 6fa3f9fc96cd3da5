using Polly;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>The options of an address that is polled or streamed over HTTP.</summary>
public abstract class HttpEndpointOptions
{
    /// <summary>Sets the defaults.</summary>
    protected HttpEndpointOptions()
    {
    }

    /// <summary>The snapshot's full address, <c>http</c> or <c>https</c>, without credentials in it. Required.</summary>
    public Uri? Address { get; set; }

    /// <summary>
    /// The named client of <see cref="IHttpClientFactory"/> that requests go through: the place for a proxy, certificates or
    /// handlers of your own. <c>ProgressiveDelivery.Sdk</c> by default. The library follows its redirects and keeps no cookies: no header, cookie or
    /// certificate reaches another origin (scheme, host and port). A redirect from https to http is a fault.
    /// </summary>
    public string HttpClientName { get; set; } = "ProgressiveDelivery.Sdk";

    /// <summary>The <c>Authorization</c> header's value, such as <c>Bearer …</c>; null, the default, for none. Never logged.</summary>
    public string? Authorization { get; set; }

    /// <summary>Further request headers by name; none by default. Their values are never logged.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The time limit of one attempt until the response's headers are there, connecting included; 10 seconds by default, an
    /// hour at most.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The HTTP status codes, 400 to 599, after which this source is never read again in this process; none by default, since a
    /// revoked key may be restored. Other sources and the rules in force are not affected.
    /// </summary>
    public ISet<int> StopOnStatus { get; } = new HashSet<int>();

    /// <summary>Indicates whether requests go through a browser, which decodes bodies itself and reserves certain headers.</summary>
    internal bool IsInBrowser { get; set; } = OperatingSystem.IsBrowser();

    /// <summary>The user's resilience strategies for attempts; null for the defaults of the kind of source.</summary>
    internal Action<ResiliencePipelineBuilder>? Resilience { get; private set; }

    /// <summary>The address for people, without what may be secret in it.</summary>
    internal string DisplayName => Address!.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>
    /// Replaces the strategies that repeat the attempts of one poll, or of one connection of a stream. By default a poll is retried
    /// twice after a fault of the network, a 408 or a 5xx, after about half a second and one second, unless the backend sent
    /// <c>Retry-After</c>. A connection is tried once, and then again after the client's own pauses, which grow. An attempt that
    /// fails throws a <see cref="SnapshotSourceException"/>. A strategy that gives up, throws, never calls the attempt or swallows
    /// its result costs one turn. So does one that does not end: the turn is over after ten minutes, or four times an attempt's time limit
    /// if that is longer.
    /// </summary>
    /// <param name="configure">Adds the strategies; none added means one attempt. The builder's clock is set already.</param>
    public void UseResilience(Action<ResiliencePipelineBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Resilience = configure;
    }
}
