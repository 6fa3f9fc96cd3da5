namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>The options of polling a snapshot over HTTP.</summary>
public class HttpSourceOptions : HttpEndpointOptions
{
    /// <summary>
    /// The time from one poll to the next; 30 seconds by default, 1 second at least, a day at most. Each wait is up to 10 %
    /// shorter or longer, and the first is cut at random, so that a fleet that starts together does not poll together.
    /// </summary>
    public TimeSpan PollingInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The time limit of the body after the headers; 60 seconds by default, an hour at most.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
