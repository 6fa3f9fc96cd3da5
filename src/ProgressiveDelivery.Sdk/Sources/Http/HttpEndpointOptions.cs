namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>How an address is reached over HTTP, whether it is polled or streamed.</summary>
public abstract class HttpEndpointOptions
{
    private protected HttpEndpointOptions()
    {
    }

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
    /// How long one attempt may take until the response's headers are there, connecting included; 10 seconds by default, an
    /// hour at most.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest body, or event of a stream, that is taken, in bytes, as sent and decompressed alike; 64 MiB by default.</summary>
    public int MaximumBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The address for people, without what may be secret in it.</summary>
    internal string DisplayName => Address!.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
