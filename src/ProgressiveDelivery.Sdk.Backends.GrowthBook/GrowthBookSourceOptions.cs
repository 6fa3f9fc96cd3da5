using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>
/// Options for polling a payload from GrowthBook, or from a GrowthBook Proxy, every 60 seconds by default. The default <see cref="HttpEndpointOptions.Address"/> is
/// <c>https://cdn.growthbook.io</c>.
/// </summary>
public sealed class GrowthBookSourceOptions : HttpSourceOptions
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);
    private static readonly Uri Service = new("https://cdn.growthbook.io");

    /// <summary>Sets the defaults.</summary>
    public GrowthBookSourceOptions() => (Address, PollingInterval) = (Service, Interval);

    /// <summary>The client key of the SDK connection, <c>sdk-…</c>. Required. Never logged.</summary>
    public string? ClientKey { get; set; }

    /// <summary>
    /// The address of streams; null by default, for <see cref="HttpEndpointOptions.Address"/>. If a backend offers a stream, the source listens
    /// to it, and polls a change within a second.
    /// </summary>
    public Uri? StreamingAddress { get; set; }

    /// <summary>The key of encrypted payloads, in Base64; null by default, for payloads that are not encrypted. Never logged.</summary>
    public string? DecryptionKey { get; set; }

    /// <summary>
    /// Indicates whether units keep their variations, and whether a rule's <c>fallbackAttribute</c> counts for units without its hash attribute. Default: false. Assignments are kept in
    /// memory, or in the store that <see cref="DependencyInjection.ProgressiveDeliveryBuilder.StoreAssignmentsIn(IAssignmentStore)"/> names, under GrowthBook's own keys: experiment
    /// <c>key__bucketVersion</c>, unit <c>attribute||value</c>.
    /// </summary>
    public bool StickyBucketing { get; set; }

    /// <summary>The part of a context that stands for GrowthBook's attributes. Default: that of <see cref="GrowthBookContextMapping"/>.</summary>
    public GrowthBookContextMapping Context { get; set; } = new();
}
