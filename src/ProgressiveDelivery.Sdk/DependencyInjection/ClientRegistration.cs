using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources.Serving;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>The settings that a builder collects for one client.</summary>
internal sealed class ClientRegistration(string? key)
{
    /// <summary>The key that the client is injected by; null for the client without a key.</summary>
    public string? Key => key;

    /// <summary>The name for people.</summary>
    public string Label => key ?? "default";

    public string OptionsName => key ?? Options.DefaultName;

    public string HttpClientName => key is null ? FeatureMeter.Name : $"{FeatureMeter.Name}:{key}";

    public List<SourceRegistration> Sources { get; } = [];

    /// <summary>The reporters of usage besides the sources' backends.</summary>
    public List<Func<IServiceProvider, IUsageReporter>> Reporters { get; } = [];

    /// <summary>The sinks of events.</summary>
    public List<EventSinkRegistration> Sinks { get; } = [];

    /// <summary>The guards given in code, with the keys of their flags.</summary>
    public List<(string Flag, GuardDefinition Guard)> Guards { get; } = [];

    public string? BundledFile { get; set; }

    /// <summary>The document to start from, in the first source's format.</summary>
    public string? BundledDocument { get; set; }

    public string? LastKnownGoodFolder { get; set; }

    /// <summary>The number of snapshots kept there.</summary>
    public int Generations { get; set; }

    /// <summary>Indicates whether only signed texts are trusted.</summary>
    public bool TrustsKeys { get; set; }

    /// <summary>Indicates whether evaluations are counted for the meter.</summary>
    public bool CountsEvaluations { get; set; }

    /// <summary>Indicates whether scopes of dependency injection can be units of work.</summary>
    public bool BindsScopes { get; set; }

    /// <summary>Indicates whether evaluations are logged as events.</summary>
    public bool EmitsEvaluationEvents { get; set; }

    /// <summary>Makes or resolves the store of assignments, given the options; null if they are kept in memory alone.</summary>
    public Func<IServiceProvider, AssignmentOptions, IAssignmentStore>? Assignments { get; set; }

    /// <summary>Returns the control of the client.</summary>
    /// <exception cref="InvalidOperationException">The client was replaced by one that cannot be steered.</exception>
    public ISnapshotControl Control(IServiceProvider services) => Resolve(services) is FeatureClient client
        ? client.Control
        : throw new InvalidOperationException($"Feature client '{Label}' was replaced by one of another class, which ISnapshotControl cannot control. Register an ISnapshotControl for it.");

    /// <summary>Returns the taker of outcomes of the client.</summary>
    /// <exception cref="InvalidOperationException">The client was replaced by one that cannot step back by itself.</exception>
    public ISnapshotHealth Health(IServiceProvider services) => Resolve(services) is FeatureClient client
        ? client.Health
        : throw new InvalidOperationException($"Feature client '{Label}' was replaced by one of another class, which takes no outcomes. Register an ISnapshotHealth for it.");

    /// <summary>Returns the diagnostics of the client.</summary>
    /// <exception cref="InvalidOperationException">The client was replaced by one that has none.</exception>
    public IFeatureDiagnostics Diagnostics(IServiceProvider services) => Resolve(services) is FeatureClient client
        ? client.Diagnostics
        : throw new InvalidOperationException($"Feature client '{Label}' was replaced by one of another class, which has no diagnostics. Register an IFeatureDiagnostics for it.");

    /// <summary>Returns what the client has accepted, for other processes.</summary>
    /// <exception cref="InvalidOperationException">The client was replaced by one that accepts no snapshots.</exception>
    public ISnapshotFeed Feed(IServiceProvider services) => Resolve(services) is FeatureClient client
        ? client.Feed
        : throw new InvalidOperationException($"Feature client '{Label}' was replaced by one of another class, which has no feed of snapshots. Register an ISnapshotFeed for it.");

    /// <summary>The name of the next source's options: the client's own for the first of each kind.</summary>
    public string SourceOptionsName(Type options) =>
        Sources.Exists(source => source.Options == options) ? $"{OptionsName}/source/{Sources.Count + 1}" : OptionsName;

    /// <summary>The name of the next sink's options: the client's own for the first of each kind.</summary>
    public string SinkOptionsName(Type options) =>
        Sinks.Exists(sink => sink.Options == options) ? $"{OptionsName}/sink/{Sinks.Count + 1}" : OptionsName;

    public IFeatureClient Resolve(IServiceProvider services)
    {
        var client = key is null ? services.GetRequiredService<IFeatureClient>() : services.GetRequiredKeyedService<IFeatureClient>(key);
        return client is ScopeBinding scoped ? scoped.Inner : client;
    }
}
