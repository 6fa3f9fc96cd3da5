using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>
/// How a payload is polled from GrowthBook, or from a GrowthBook Proxy, every 60 seconds by default. <see cref="HttpEndpointOptions.Address"/> is
/// <c>https://cdn.growthbook.io</c> by default.
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
    /// The address of streams, where that is another than <see cref="HttpEndpointOptions.Address"/>; null by default: it is not. A backend that offers a stream is listened
    /// to, and a change is polled within a second.
    /// </summary>
    public Uri? StreamingAddress { get; set; }

    /// <summary>The key of payloads that are encrypted, in Base64; null by default: they are not. Never logged.</summary>
    public string? DecryptionKey { get; set; }

    /// <summary>
    /// Whether units keep the variations that they were given, and a rule's <c>fallbackAttribute</c> counts for who lacks its other one; false by default. Assignments are kept in
    /// memory, or in the store that <see cref="DependencyInjection.ProgressiveDeliveryBuilder.StoreAssignmentsIn(IAssignmentStore)"/> names, under GrowthBook's own keys: experiment
    /// <c>key__bucketVersion</c>, unit <c>attribute||value</c>.
    /// </summary>
    public bool StickyBucketing { get; set; }

    /// <summary>What stands for GrowthBook's attributes. By default what <see cref="GrowthBookContextMapping"/> says.</summary>
    public GrowthBookContextMapping Context { get; set; } = new();

    /// <inheritdoc/>
    protected override Uri? Endpoint => Address is { IsAbsoluteUri: true } address && ClientKey is not null ? Below(address, $"api/features/{Uri.EscapeDataString(ClientKey)}") : null;

    /// <inheritdoc/>
    protected override Uri? ChangesEndpoint(HttpResponseHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return headers.TryGetValues("x-sse-support", out var values) && values.Contains("enabled", StringComparer.OrdinalIgnoreCase)
            ? Below(StreamingAddress ?? Address!, $"sub/{Uri.EscapeDataString(ClientKey!)}")
            : null;
    }

    /// <inheritdoc/>
    protected override bool TellsOfChange(string eventType) => eventType is "features" or "features-updated";

    /// <inheritdoc/>
    protected override void Validate(ValidateOptionsResultBuilder errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        Require(errors, ClientKey, nameof(ClientKey), "the client key of the SDK connection, sdk-…");
        if (DecryptionKey is not null && !EncryptedText.IsKey(DecryptionKey))
            errors.AddError("it is no key; give the SDK connection's, 16 bytes in Base64, or leave it out.", nameof(DecryptionKey));
        CheckAddress(errors, StreamingAddress, nameof(StreamingAddress));
        if (Context is null)
            errors.AddError("it is null; give a mapping, or leave it out.", nameof(Context));
    }
}
