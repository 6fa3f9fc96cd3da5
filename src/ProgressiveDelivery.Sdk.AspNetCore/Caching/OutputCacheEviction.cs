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
    private IDisposable? _subscription;
    private int _changes;

    /// <summary>The number of changes of the rules so far.</summary>
    public int Changes => Volatile.Read(ref _changes);

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

    // A response that is being made meanwhile is not stored, since the number of changes is another one by then.
    private void Evict(IOutputCacheStore store, SnapshotChange change)
    {
        if (change.Previous is null)
            return;
        Interlocked.Increment(ref _changes);
        foreach (var flag in change.ChangedFlags)
        {
            if (_tags.TryGetValue(flag, out var tag))
                _ = EvictAsync(store, flag, tag);
        }
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
