using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using ProgressiveDelivery.Sdk.Refresh;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk;

/// <summary>The client: every question goes to the root that is in force at that moment.</summary>
internal sealed class FeatureClient(
    SnapshotStore store,
    ClientStatusTracker status,
    SnapshotSteering steering,
    SnapshotControl control,
    RefreshLoop loop,
    UsageLoop? usage,
    SnapshotServices services,
    TimeSpan initialisationTimeout) : IFeatureClient, IAsyncDisposable, IDisposable
{
    public FeatureSnapshot Current => store.Current;

    public FeatureClientStatus Status => status.Current;

    public ISnapshotControl Control => control;

    public IFeatureSnapshot Snapshot() => Current;

    public async Task<FeatureClientStatus> WaitUntilReadyAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        loop.Start();
        usage?.Start();
        var settled = status.Settled;
        await settled.WaitAsync(timeout ?? initialisationTimeout, services.Clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!settled.IsCompleted)
            cancellationToken.ThrowIfCancellationRequested();
        return Status;
    }

    public IDisposable OnChange(Action<SnapshotChange> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return store.Subscribe(handler);
    }

    public IDisposable OnChange<T>(FeatureFlag<T> flag, EvaluationContext context, Action<FlagChange<T>> handler)
    {
        ArgumentNullException.ThrowIfNull(flag);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(handler);
        return store.Subscribe(flag, context, handler, services.Clock);
    }

    /// <summary>Ends the client at once; the loops' last turns end by themselves.</summary>
    public void Dispose()
    {
        Close();
        _ = usage?.StopAsync();
        _ = loop.StopAsync();
    }

    /// <summary>Ends the client at once, and waits for the loops' last turns, for a few seconds at most.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        var told = usage?.DisposeAsync() ?? ValueTask.CompletedTask;
        await loop.DisposeAsync().ConfigureAwait(false);
        await told.ConfigureAwait(false);
    }

    public bool IsEnabled(string key, EvaluationContext context, bool fallback = false) => Current.IsEnabled(key, context, fallback);

    [return: NotNullIfNotNull(nameof(fallback))]
    public string? GetString(string key, EvaluationContext context, string? fallback) => Current.GetString(key, context, fallback);

    public long GetInteger(string key, EvaluationContext context, long fallback) => Current.GetInteger(key, context, fallback);

    public double GetNumber(string key, EvaluationContext context, double fallback) => Current.GetNumber(key, context, fallback);

    public T GetJson<T>(string key, EvaluationContext context, T fallback, JsonTypeInfo<T> type) =>
        Current.GetJson(key, context, fallback, type);

    public Evaluation<bool> EvaluateBoolean(string key, EvaluationContext context, bool fallback = false) =>
        Current.EvaluateBoolean(key, context, fallback);

    public Evaluation<string?> EvaluateString(string key, EvaluationContext context, string? fallback) =>
        Current.EvaluateString(key, context, fallback);

    public Evaluation<long> EvaluateInteger(string key, EvaluationContext context, long fallback) =>
        Current.EvaluateInteger(key, context, fallback);

    public Evaluation<double> EvaluateNumber(string key, EvaluationContext context, double fallback) =>
        Current.EvaluateNumber(key, context, fallback);

    public Evaluation<T> EvaluateJson<T>(string key, EvaluationContext context, T fallback, JsonTypeInfo<T> type) =>
        Current.EvaluateJson(key, context, fallback, type);

    public Explanation Explain(string key, EvaluationContext context) => Current.Explain(key, context);

    public ClientFlags GetClientFlags(EvaluationContext context) => Current.GetClientFlags(context);

    private void Close()
    {
        steering.Close(FeatureSnapshot.Closed(services));
        control.Dispose();
    }
}
