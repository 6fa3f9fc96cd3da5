namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>
/// Options of the single events that LaunchDarkly's experiments, live events and debugger read: <c>feature</c>, <c>debug</c>, <c>index</c> and <c>custom</c>. They contain contexts, without
/// private attributes. Queues, batches and deadlines are those of <c>ConfigureEvents</c>.
/// </summary>
public sealed class LaunchDarklyEventOptions
{
    /// <summary>The environment's server-side SDK key. Required. Never logged.</summary>
    public string? SdkKey { get; set; }

    /// <summary>The address of events, without <c>/bulk</c>. Default: <c>https://events.launchdarkly.com</c>; a Relay Proxy takes events too.</summary>
    public Uri Address { get; set; } = LaunchDarklyBackend.EventsService;

    /// <summary>
    /// The named client of <see cref="IHttpClientFactory"/> that requests go through; null, the default, for the client's own.
    /// </summary>
    public string? HttpClientName { get; set; }

    /// <summary>The time limit of one request until the response's headers are there, up to an hour; 10 seconds by default.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Indicates whether bodies are compressed by gzip; false by default.</summary>
    public bool Compress { get; set; }

    /// <summary>The mapping of contexts to LaunchDarkly's. Default: that of <see cref="LaunchDarklyContextMapping"/>.</summary>
    public LaunchDarklyContextMapping Context { get; set; } = new();

    /// <summary>Indicates whether every attribute is private: an event then holds keys, kinds and <c>anonymous</c> only. Default: false.</summary>
    public bool AllAttributesPrivate { get; set; }

    /// <summary>
    /// The attributes that are private in every context and kind, by LaunchDarkly's references: <c>email</c>, <c>/address/street</c>. None by default. A context may have more, by
    /// <see cref="EvaluationContext.WithPrivate"/>.
    /// </summary>
    public ISet<string> PrivateAttributes { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Indicates whether <c>index</c> events leave out anonymous contexts. Default: false.</summary>
    public bool OmitAnonymousContexts { get; set; }

    /// <summary>
    /// The number of contexts that are remembered, so that each has one <c>index</c> event; 10,000 by default, 64 at least, 16,777,216 at most. Each costs 40 bytes. Where more are active, the
    /// oldest are forgotten, and sent again.
    /// </summary>
    public int RememberedContexts { get; set; } = 10_000;

    /// <summary>The time after which a context is sent in an <c>index</c> event again; 5 minutes by default, 1 second at least, 30 days at most.</summary>
    public TimeSpan RepeatContextsAfter { get; set; } = TimeSpan.FromMinutes(5);
}
