using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>
/// Options for polling or streaming features from an Unleash server or Unleash Edge. <see cref="HttpEndpointOptions.Address"/> is the server's, with or without
/// <c>/api</c> at its end. The source polls every 15 seconds by default. Only Unleash Enterprise and Unleash Edge have a stream, and the open-source server has none.
/// </summary>
public sealed class UnleashSourceOptions : HttpSourceOptions
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>Sets the defaults.</summary>
    public UnleashSourceOptions() => PollingInterval = Interval;

    /// <summary>A backend token, <c>project:environment.secret</c>, which determines the visible features. Required. Never logged.</summary>
    public string? Token { get; set; }

    /// <summary>The application's name in the server's list. Default: the program's name.</summary>
    public string AppName { get; set; } = AppDomain.CurrentDomain.FriendlyName;

    /// <summary>This instance's name in the server's list. Default: the machine's name.</summary>
    public string InstanceId { get; set; } = Environment.MachineName;

    /// <summary>The project whose features are polled; null by default, for all that the token sees. A stream has no such choice.</summary>
    public string? Project { get; set; }

    /// <summary>The prefix of the names of the features that are polled; null by default, for all. A stream has no such choice.</summary>
    public string? NamePrefix { get; set; }

    /// <summary>The silence, without even comments, after which a stream counts as dead and is opened anew. Default: one minute; at most an hour. Polls ignore it.</summary>
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The parts of a context that stand for Unleash's context. Default: those of <see cref="UnleashContextMapping"/>.</summary>
    public UnleashContextMapping Context { get; set; } = new();

    /// <summary>
    /// Indicates whether the client registers with the server, and reports usage every <see cref="ProgressiveDeliveryOptions.UsageInterval"/>: how often each
    /// feature was on, was off, and served each variant. Default: true.
    /// </summary>
    public bool ReportsUsage { get; set; } = true;

    /// <summary>This client's own name among those of the instance.</summary>
    internal string ConnectionId { get; } = Guid.NewGuid().ToString();
}
