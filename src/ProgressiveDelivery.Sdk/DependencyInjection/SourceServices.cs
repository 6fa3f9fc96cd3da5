using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>What a source that a package adds is made of.</summary>
public sealed class SourceServices
{
    internal SourceServices(SourceInputs inputs) => (Provider, Clock, Limits, UsageInterval) = (inputs.Services, inputs.Clock, inputs.Limits, inputs.UsageInterval);

    /// <summary>Where it finds what it needs.</summary>
    public IServiceProvider Provider { get; }

    /// <summary>The client's clock: measures its pauses.</summary>
    public TimeProvider Clock { get; }

    /// <summary>How large a snapshot of the client may be.</summary>
    public SnapshotLimits Limits { get; }

    /// <summary>From one report of usage to the next.</summary>
    public TimeSpan UsageInterval { get; }

    /// <summary>Makes what posts reports to a backend.</summary>
    /// <param name="options">How the backend is reached.</param>
    public HttpReportSender SenderTo(HttpEndpointOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(options, Provider.GetRequiredService<IHttpClientFactory>(), Clock);
    }
}
