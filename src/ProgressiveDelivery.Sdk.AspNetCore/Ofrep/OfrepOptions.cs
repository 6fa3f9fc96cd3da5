namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>Sets which client answers over OFREP, and which context a caller may bring. Read once, when the endpoints are mapped.</summary>
public sealed class OfrepOptions
{
    /// <summary>The name of the client that answers; null, the default, for the client without a name.</summary>
    public string? ClientName { get; set; }

    /// <summary>
    /// Indicates whether the context of the request is a part of each evaluation; false by default. Its targeting key, attributes and kinds then win over those that the
    /// caller sends. It needs <c>AddAspNetCore</c>, and is the context that pages of the application evaluate with.
    /// </summary>
    public bool UseRequestContext { get; set; }

    /// <summary>
    /// The parts of the context that a caller may send, by name: <c>country</c>, <c>targetingKey</c>, <c>organization:</c> for a kind. All others are ignored. Null, the default,
    /// for all. A caller can never send the kind <c>host</c>.
    /// </summary>
    public ICollection<string>? AllowedAttributes { get; set; }

    /// <summary>The size of a request's body, in bytes, above which it is rejected with status 400, 1,024 to 16,777,216; 65,536 by default.</summary>
    public int MaxContextBytes { get; set; } = 64 * 1024;

    /// <summary>The number of open event streams above which a further one is rejected with status 503, 0 to 1,000,000; 10,000 by default. 0 offers no event stream.</summary>
    public int MaxSubscribers { get; set; } = 10_000;

    /// <summary>
    /// Indicates whether the event stream is open to callers without credentials, whatever the other endpoints require; false by default. A browser's <c>EventSource</c> sends cookies, and
    /// no <c>Authorization</c> header. Events carry no answers.
    /// </summary>
    public bool AllowAnonymousEvents { get; set; }
}
