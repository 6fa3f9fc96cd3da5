using System.Collections.Concurrent;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.AspNetCore.Caching;

/// <summary>Evicts the responses from the output cache that this process made with variants of a flag which has changed: a kill, for one, must not wait until they expire.</summary>
/// <param name="services">The services; without a store for the output cache there is nothing to evict.</param>
/// <param name="features">The client of the process.</param>
/// <param name="logger">Logs what is not evicted.</param>
internal sealed class OutputCacheEviction(IServiceProvider services, IFeatureClient features, ILogger<OutputCacheEviction> logger) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<string, string> _tags = new(StringComparer.Ordinal);
    private readonly object _gate = new();
    private IDisposable? _subscription;
    private IFeatureSnapshot? _heard;

    /// <summary>The rules in force.</summary>
    public IFeatureSnapshot Rules => features.GetSnapshot();

    /// <summary>
    /// Returns whether the responses of earlier rules have been evicted: rules come into force a moment before this hears of them. A response that is stored in that moment would be evicted
    /// as well, or would be missed.
    /// </summary>
    public bool HasHeardOf(IFeatureSnapshot rules)
    {
        lock (_gate)
        {
            // Rules that answer alike come into force without a change, as when the source confirms those of a file.
            if (_heard != rules && _heard is not null && new SnapshotChange(_heard, rules).ChangedFlags.Count == 0)
                _heard = rules;
            return _heard == rules;
        }
    }

    /// <summary>Returns the tag of the responses that are made with variants of a flag, and evicts them when it changes.</summary>
    public string TagOf(string flag) => _tags.GetOrAdd(flag, static flag => $"feature:{flag}");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<IOutputCacheStore>() is { } store)
            _subscription = features.OnChange(change => Evict(store, change));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => Interlocked.Exchange(ref _subscription, null)?.Dispose();

    // Responses that were stored before the first change that is told were made without rules, or by rules that it passes over.
    private void Evict(IOutputCacheStore store, SnapshotChange change)
    {
        IEnumerable<string> changed = change.Previous is null ? _tags.Keys : change.ChangedFlags;
        foreach (var flag in changed)
        {
            if (_tags.TryGetValue(flag, out var tag))
                _ = EvictAsync(store, flag, tag);
        }

        lock (_gate)
            _heard = change.Current;
    }

    private async Task EvictAsync(IOutputCacheStore store, string flag, string tag)
    {
        try
        {
            await store.EvictByTagAsync(tag, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)     // A cache that fails must not end the changes of rules.
        {
            Log.EvictionFailed(logger, exception, flag);
        }
    }
}
