using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.FeatureManagement.Variants;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Managers;

/// <summary>The client that serves the managers, and what all managers share. Safe to use from any thread.</summary>
internal sealed class ServedClient
{
    private readonly ConcurrentDictionary<object, bool> _logged = new();
    private readonly IServiceProvider _root;
    private readonly string? _name;
    private Task? _firstRules;

    /// <param name="root">The services that a singleton gets.</param>
    /// <param name="registration">The registration of the managers.</param>
    /// <param name="options">The options.</param>
    /// <param name="theirs">Microsoft's options.</param>
    /// <param name="logger">The logger.</param>
    public ServedClient(IServiceProvider root, ManagerRegistration registration, IOptions<FeatureManagerOptions> options, IOptions<FeatureManagementOptions> theirs, ILogger<ServedClient> logger)
    {
        registration.ThrowIfLifetimesDiffer();
        (_root, _name, Options, ThrowsOnMissingFeatures, Logger) = (root, registration.Client, options.Value, !theirs.Value.IgnoreMissingFeatures, logger);
    }

    public FeatureManagerOptions Options { get; }

    /// <summary>Indicates whether an unknown flag is an exception, by Microsoft's option.</summary>
    public bool ThrowsOnMissingFeatures { get; }

    public ILogger Logger { get; }

    public FlagKeys Flags { get; } = new();

    public VariantCatalog Variants { get; } = new();

    public IFeatureClient ClientOf(IServiceProvider services) => Of<IFeatureClient>(services);

    public IFeatureSnapshot SnapshotOf(IServiceProvider services) => Of<IFeatureSnapshot>(services);

    public IFeatureScope ScopeOf(IServiceProvider services) => Of<IFeatureScope>(services);

    /// <summary>Returns the binding of a scope; null for the root, and where no host binds scopes.</summary>
    public FeatureScopeBinding? BindingOf(IServiceProvider services) =>
        ReferenceEquals(services, _root) ? null : _name is null ? services.GetService<FeatureScopeBinding>() : services.GetKeyedService<FeatureScopeBinding>(_name);

    /// <summary>Waits until there are rules, or the client gives up on it at its start: once for the process, so that no question waits after that.</summary>
    public ValueTask WaitForRulesAsync(IFeatureClient client, CancellationToken cancellationToken)
    {
        if (client.GetSnapshot().Origin != SnapshotOrigin.None)
            return ValueTask.CompletedTask;
        var wait = Volatile.Read(ref _firstRules) ?? StartToWait(client);
        return wait.IsCompleted ? ValueTask.CompletedTask : new(wait.WaitAsync(cancellationToken));
    }

    /// <summary>Returns true the first time that something is to be logged.</summary>
    public bool IsNews(object subject) => _logged.TryAdd(subject, true);

    private Task StartToWait(IFeatureClient client)
    {
        var wait = client.WaitUntilReadyAsync();
        return Interlocked.CompareExchange(ref _firstRules, wait, null) ?? wait;
    }

    private T Of<T>(IServiceProvider services)
        where T : notnull =>
        _name is null ? services.GetRequiredService<T>() : services.GetRequiredKeyedService<T>(_name);
}
