using System.Net.Http.Headers;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>The endpoint that one source polls.</summary>
internal sealed class PolledEndpoint : HttpEndpoint
{
    public PolledEndpoint(HttpSourceOptions options)
        : base(options)
    {
        Polling = options;
        IsTrusted = next => Origin.IsSame(Address(), next);
    }

    public HttpSourceOptions Polling { get; }

    /// <summary>Returns another address that a document, read from an address, redirects its readers to; null for none.</summary>
    public Func<ReadOnlyMemory<byte>, Uri, Uri?> NextAddress { get; init; } = static (_, _) => null;

    /// <summary>Returns whether a document may redirect its readers to an address.</summary>
    public Func<Uri, bool> IsTrusted { get; init; }

    /// <summary>Returns the address of a stream that reports changes; null for none.</summary>
    public Func<HttpResponseHeaders, Uri?> ChangesAddress { get; init; } = static _ => null;

    /// <summary>Returns whether an event of that stream reports a change, by its type.</summary>
    public Func<string, bool> ReportsChange { get; init; } = static _ => true;
}
