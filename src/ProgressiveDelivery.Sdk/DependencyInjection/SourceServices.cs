using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>The services for a source that a package adds.</summary>
public sealed class SourceServices
{
    private readonly HttpEndpoint? _endpoint;

    internal SourceServices(SourceInputs inputs, HttpEndpoint? endpoint = null) =>
        (Provider, Clock, Limits, UsageInterval, _endpoint) = (inputs.Services, inputs.Clock, inputs.Limits, inputs.UsageInterval, endpoint);

    /// <summary>The services that it resolves its dependencies from.</summary>
    public IServiceProvider Provider { get; }

    /// <summary>The client's clock: measures its pauses.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The limits on the size of a snapshot of the client.</summary>
    public SnapshotLimits Limits { get; }

    /// <summary>The interval between reports of usage.</summary>
    public TimeSpan UsageInterval { get; }

    /// <summary>Makes the sender of reports to a backend. With the source's own options, its requests have the headers of the source's requests.</summary>
    /// <param name="options">The options of the backend's endpoint.</param>
    public HttpReportSender SenderTo(HttpEndpointOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var endpoint = _endpoint is { } own && own.Options == options ? own : new(options);
        return new(endpoint, GuardedClients.For(options, Provider), Clock);
    }
}
