using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Polls a backend over HTTP.</summary>
/// <typeparam name="TOptions">The options' class.</typeparam>
public sealed class BackendPolls<TOptions> : BackendRequests<TOptions>
    where TOptions : HttpSourceOptions
{
    /// <summary>
    /// Returns another address that a document, read from an address, redirects its readers to; null, as by default, for none. The document is read again from there at once,
    /// three times at most, and from then on. With trusted keys, it is called only for documents that one of them signed. The document's bytes are not to be kept.
    /// </summary>
    public Func<TOptions, ReadOnlyMemory<byte>, Uri, Uri?> NextAddress { get; init; } = static (_, _, _) => null;

    /// <summary>
    /// Returns whether a document may redirect its readers to an address, which then receives the content of that address; null, the default, to trust only the origin of
    /// <see cref="BackendRequests{TOptions}.Address"/>. Configured headers only go to that origin, and no redirect leaves https for http, whatever this returns.
    /// </summary>
    public Func<TOptions, Uri, bool>? IsTrusted { get; init; }

    /// <summary>
    /// Returns the address of a stream of server-sent events that report changes, which are then polled within a second, from the headers of the last answer; null, as by default,
    /// for none. Polls go on beside it, so that nothing is lost while it cannot be read.
    /// </summary>
    public Func<TOptions, HttpResponseHeaders, Uri?> ChangesAddress { get; init; } = static (_, _) => null;

    /// <summary>Returns whether an event of that stream reports a change, by its type, which is <c>message</c> where it has none; true by default.</summary>
    public Func<TOptions, string, bool> ReportsChange { get; init; } = static (_, _) => true;

    internal override void Check(TOptions options, ValidateOptionsResultBuilder errors)
    {
        base.Check(options, errors);
        HttpSourceValidation.Check(errors, options);
    }

    internal override PolledEndpoint EndpointOf(Backend<TOptions> backend, TOptions options, SnapshotLimits limits) => new(options)
    {
        MaxBytes = limits.MaxBytes,
        Address = () => Address(options),
        Headers = () => HeadersOf(backend, options),
        Credentials = backend.Credentials,
        NextAddress = (document, address) => NextAddress(options, document, address),
        IsTrusted = next => IsTrusted?.Invoke(options, next) ?? Origin.IsSame(Address(options), next),
        ChangesAddress = headers => ChangesAddress(options, headers),
        ReportsChange = type => ReportsChange(options, type),
    };

    internal override ISnapshotSource CreateSource(Backend<TOptions> backend, TOptions options, SourceInputs inputs) => new HttpSnapshotSource(
        EndpointOf(backend, options, inputs.Limits), backend.Format(options, inputs.Limits), GuardedClients.For(options, inputs.Services), inputs.Clock, Random.Shared, inputs.Keys);
}
