using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>The services for a sink of events that a package adds.</summary>
public sealed class EventServices
{
    internal EventServices(IServiceProvider provider, TimeProvider clock, string httpClientName) => (Provider, Clock, HttpClientName) = (provider, clock, httpClientName);

    /// <summary>The services that it resolves its dependencies from.</summary>
    public IServiceProvider Provider { get; }

    /// <summary>The client's clock.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The name of the client's own HTTP client.</summary>
    public string HttpClientName { get; }

    /// <summary>Makes the sender to an HTTP endpoint.</summary>
    /// <param name="options">The endpoint; its <see cref="HttpEventSinkOptions.Format"/> and <see cref="HttpEventSinkOptions.Compress"/> are the sink's affair.</param>
    /// <param name="credentials">The name of the option that holds the credentials, for messages.</param>
    public HttpEventSender SenderTo(HttpEventSinkOptions options, string credentials)
    {
        ArgumentNullException.ThrowIfNull(options);
        var endpoint = EventEndpoint.Of(options);
        return new(endpoint, credentials, GuardedClients.For(endpoint, Provider), Clock);
    }
}
