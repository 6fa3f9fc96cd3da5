namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The options of an HTTP endpoint that events are posted to.</summary>
public sealed class HttpEventSinkOptions
{
    /// <summary>The endpoint's full address, <c>http</c> or <c>https</c>, without credentials in it. Required. Messages show it without its query.</summary>
    public Uri? Address { get; set; }

    /// <summary>
    /// The named client of <see cref="IHttpClientFactory"/> that requests go through; the client's own by default, see
    /// <c>ProgressiveDeliveryBuilder.HttpClientName</c>. The library follows its redirects without credentials.
    /// </summary>
    public string HttpClientName { get; set; } = "ProgressiveDelivery.Sdk";

    /// <summary>The <c>Authorization</c> header's value, such as <c>Bearer …</c>; null, the default, for none. Never logged.</summary>
    public string? Authorization { get; set; }

    /// <summary>Further request headers by name; none by default. Their values are never logged.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The form of a batch; <see cref="EventFormat.JsonLines"/> by default.</summary>
    public EventFormat Format { get; set; }

    /// <summary>Indicates whether bodies are compressed by gzip; true by default.</summary>
    public bool Compress { get; set; } = true;

    /// <summary>The time limit of one request until the response's headers are there, up to an hour; 10 seconds by default.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
