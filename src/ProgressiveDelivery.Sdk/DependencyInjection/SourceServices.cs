using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>What a source that a package adds is made of.</summary>
public sealed class SourceServices
{
    internal SourceServices(SourceInputs inputs) => (Provider, Clock, Limits) = (inputs.Services, inputs.Clock, inputs.Limits);

    /// <summary>Where it finds what it needs.</summary>
    public IServiceProvider Provider { get; }

    /// <summary>The client's clock: measures its pauses.</summary>
    public TimeProvider Clock { get; }

    /// <summary>How large a snapshot of the client may be.</summary>
    public SnapshotLimits Limits { get; }
}
