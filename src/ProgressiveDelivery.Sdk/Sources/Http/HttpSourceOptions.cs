using Polly;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>How a snapshot is polled over HTTP.</summary>
public sealed class HttpSourceOptions : HttpEndpointOptions
{
    /// <summary>
    /// The time from one poll to the next; 30 seconds by default, 1 second at least, a day at most. Each wait is up to 10 %
    /// shorter or longer, and the first is cut at random, so that a fleet that starts together does not poll together.
    /// </summary>
    public TimeSpan PollingInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the body may take after the headers; 60 seconds by default, an hour at most.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(60);

    internal Action<ResiliencePipelineBuilder>? Resilience { get; private set; }

    /// <summary>
    /// Replaces how attempts of one poll are repeated. By default a fault of the network, a 408 or a 5xx is tried again twice,
    /// after about half a second and one second, unless the backend sent <c>Retry-After</c>. An attempt that fails throws a
    /// <see cref="SnapshotSourceException"/>; a strategy that gives up, by whatever exception, costs one poll.
    /// </summary>
    /// <param name="configure">Adds the strategies; none added means one attempt. The builder's clock is set already.</param>
    public void UseResilience(Action<ResiliencePipelineBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Resilience = configure;
    }
}
