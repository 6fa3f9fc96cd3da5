using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The endpoint of events, requested as the sources' endpoints are.</summary>
internal sealed class EventEndpoint : HttpEndpointOptions
{
    private EventEndpoint()
    {
    }

    /// <summary>Returns the endpoint that options describe.</summary>
    public static EventEndpoint Of(HttpEventSinkOptions options)
    {
        var endpoint = new EventEndpoint
        {
            Address = options.Address,
            HttpClientName = options.HttpClientName,
            Authorization = options.Authorization,
            AttemptTimeout = options.RequestTimeout,
        };
        foreach (var (name, value) in options.Headers)
            endpoint.Headers[name] = value;
        return endpoint;
    }
}
