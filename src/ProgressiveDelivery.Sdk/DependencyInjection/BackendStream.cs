using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Follows a backend's stream of server-sent events.</summary>
/// <typeparam name="TOptions">The options' class; the same as for polls if the backend has both.</typeparam>
public sealed class BackendStream<TOptions> : BackendRequests<TOptions>
    where TOptions : HttpEndpointOptions
{
    private const string HeartbeatOption = nameof(StreamSourceOptions.HeartbeatTimeout);

    /// <summary>Makes the reader of one source's events. Required.</summary>
    public required Func<TOptions, IEventTranslator> Events { get; init; }

    /// <summary>Returns the option <c>HeartbeatTimeout</c>, the silence after which the stream counts as dead and is opened anew. It is checked together with the options. Required.</summary>
    public required Func<TOptions, TimeSpan> HeartbeatTimeout { get; init; }

    /// <summary>Indicates whether the backend's heartbeats are comments between events, which then end the silence and confirm the rules; false, as in our own format.</summary>
    public bool CommentsAreHeartbeats { get; init; }

    internal override void Check(TOptions options, ValidateOptionsResultBuilder errors)
    {
        base.Check(options, errors);
        HttpEndpointValidation.CheckTimeout(errors, HeartbeatTimeout(options), HeartbeatOption);
    }

    internal override StreamEndpoint EndpointOf(Backend<TOptions> backend, TOptions options, SnapshotLimits limits) => new(options)
    {
        MaxBytes = limits.MaxBytes,
        Address = () => Address(options),
        Headers = () => HeadersOf(backend, options),
        Credentials = backend.Credentials,
        HeartbeatTimeout = () => HeartbeatTimeout(options),
        CommentsAreHeartbeats = CommentsAreHeartbeats,
    };

    internal override ISnapshotSource CreateSource(Backend<TOptions> backend, TOptions options, SourceInputs inputs) => new StreamSnapshotSource(
        EndpointOf(backend, options, inputs.Limits), backend.Format(options, inputs.Limits), Events(options), GuardedClients.For(options, inputs.Services), inputs.Clock, Random.Shared);
}
