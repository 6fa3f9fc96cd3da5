using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>The endpoint of one source: its options, and the additions of its backend. The functions are called for each request.</summary>
internal class HttpEndpoint
{
    public HttpEndpoint(HttpEndpointOptions options)
    {
        Options = options;
        Address = () => options.Address!;
    }

    public HttpEndpointOptions Options { get; }

    /// <summary>The limit on a body, or an event of a stream, in bytes, both as sent and decompressed.</summary>
    public int MaxBytes { get; init; } = new SnapshotLimits().MaxBytes;

    /// <summary>Returns the address that is requested.</summary>
    public Func<Uri> Address { get; init; }

    /// <summary>Returns the headers that the options replace where they have the same names.</summary>
    public Func<IEnumerable<KeyValuePair<string, string>>> Headers { get; init; } = static () => [];

    /// <summary>The option that holds the credentials, for messages; null if these are the headers of the options.</summary>
    public string? Credentials { get; init; }
}
