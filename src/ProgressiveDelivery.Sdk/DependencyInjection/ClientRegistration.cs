using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>What a builder was told about one client.</summary>
internal sealed class ClientRegistration(string? key)
{
    /// <summary>The key that the client is injected by; null for the one without.</summary>
    public string? Key => key;

    /// <summary>The name for people.</summary>
    public string Label => key ?? "default";

    public string OptionsName => key ?? Options.DefaultName;

    public string HttpClientName => key is null ? FeatureMeter.Name : $"{FeatureMeter.Name}:{key}";

    public List<SourceRegistration> Sources { get; } = [];

    /// <summary>Who is told of usage besides the sources' backends.</summary>
    public List<Func<IServiceProvider, IUsageReporter>> Reporters { get; } = [];

    public string? BundledFile { get; set; }

    public string? LastKnownGoodFolder { get; set; }

    /// <summary>How many snapshots are kept there.</summary>
    public int Generations { get; set; }

    /// <summary>Whether only what is signed is believed.</summary>
    public bool TrustsKeys { get; set; }

    public Func<IServiceProvider, IAssignmentStore>? Assignments { get; set; }

    /// <summary>What steers the client.</summary>
    /// <exception cref="InvalidOperationException">The client was replaced by one that cannot be steered.</exception>
    public ISnapshotControl Control(IServiceProvider services) => Resolve(services) is FeatureClient client
        ? client.Control
        : throw new InvalidOperationException($"Feature client '{Label}' was replaced by one of another kind, which ISnapshotControl cannot steer. Register an ISnapshotControl of its own beside it.");

    /// <summary>The name of the next source's options: the client's own for the first of each kind.</summary>
    public string SourceOptionsName(Type options) =>
        Sources.Exists(source => source.Options == options) ? $"{OptionsName}/source/{Sources.Count + 1}" : OptionsName;

    public IFeatureClient Resolve(IServiceProvider services) =>
        key is null ? services.GetRequiredService<IFeatureClient>() : services.GetRequiredKeyedService<IFeatureClient>(key);
}
