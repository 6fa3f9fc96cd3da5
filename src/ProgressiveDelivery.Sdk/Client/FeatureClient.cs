using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Refresh;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources.Serving;
using ProgressiveDelivery.Sdk.Status;
using ProgressiveDelivery.Sdk.Steering;

namespace ProgressiveDelivery.Sdk.Client;

/// <summary>The client: every evaluation uses the root that is in force at that moment.</summary>
internal sealed class FeatureClient(
    SnapshotStore store,
    ClientStatusTracker status,
    SnapshotSteering steering,
    SnapshotControl control,
    ISnapshotHealth health,
    IFeatureDiagnostics diagnostics,
    ISnapshotFeed feed,
    RefreshLoop loop,
    UsageLoop? usage,
    EventPipeline? events,
    OutcomeRecorder? outcomes,
    ExperimentWatches? experiments,
    CanaryServices canary,
    SharedAssignments? assignments,
    ScopePool scopes,
    SnapshotServices services,
    TimeSpan initializationTimeout) : IFeatureClient, IAsyncDisposable, IDisposable
{
    public FeatureSnapshot Current => store.Current;

    public FeatureClientStatus Status
    {
        get
        {
            var current = store.Read(() => status.Current) with { Guards = canary.Guards, Ramps = canary.Ramps };
            return events is null ? current : current with { EventSinks = events.Status, Experiments = experiments?.Health ?? [] };
        }
    }

    /// <summary>The queue of events on their way to the sinks; null without sinks.</summary>
    public IEventQueue? Events => events;

    public ISnapshotControl Control => control;

    /// <summary>The texts that the client has accepted, for other processes.</summary>
    public ISnapshotFeed Feed => feed;

    /// <summary>The acts of guards and gates.</summary>
    public ICanarySteering Canary => control.Canary;

    /// <summary>Takes the outcomes that decide whether the client steps back by itself.</summary>
    public ISnapshotHealth Health => health;

    /// <summary>The view that an operator has of it.</summary>
    public IFeatureDiagnostics Diagnostics => diagnostics;

    /// <summary>Indicates whether there are no rules, and retries alone will not bring any.</summary>
    public bool IsWaitingPointless => status.IsWaitingPointless;

    public IFeatureSnapshot GetSnapshot() => Current;

    public IFeatureScope BeginScope() => scopes.Begin(Current);

    /// <summary>Begins a unit of work on a snapshot; on the one in force if it is not this library's own.</summary>
    public IFeatureScope BeginScope(IFeatureSnapshot snapshot) => scopes.Begin(snapshot as FeatureSnapshot ?? Current);

    /// <summary>Begins a unit of work that is never used again.</summary>
    public FeatureScope BeginOnce() => scopes.BeginOnce(Current);

    /// <summary>Puts rules that the client holds in memory in force at once, and follows their source; all others wait for its start.</summary>
    /// <param name="document">The document to start from; null if there is none.</param>
    public void Begin(string? document)
    {
        if (loop.TakeFromMemory() || (document is not null && loop.TakeDocument(document)))
            Start();
    }

    /// <summary>Starts the client if an evaluation comes before its start; later ones find it started.</summary>
    public void Asked() => StartFor(ClientUse.Question);

    public async Task<FeatureClientStatus> WaitUntilReadyAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Start();
        var limit = timeout ?? initializationTimeout;
        var settled = limit == Timeout.InfiniteTimeSpan ? status.Settled : status.SettledOrPointless;
        await settled.WaitAsync(limit, services.Clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!settled.IsCompleted)
            cancellationToken.ThrowIfCancellationRequested();
        return Status;
    }

    public void Track(string metric, EvaluationContext context, double value = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(metric);
        ArgumentNullException.ThrowIfNull(context);
        outcomes?.Record(metric, context, value, Current.Rules);
    }

    public IDisposable OnChange(Action<SnapshotChange> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        StartFor(ClientUse.Subscription);
        return store.Subscribe(handler);
    }

    public IDisposable OnChange<T>(FeatureFlag<T> flag, EvaluationContext context, Action<FlagChange<T>> handler)
    {
        ArgumentNullException.ThrowIfNull(flag);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(handler);
        StartFor(ClientUse.Subscription);
        return store.Subscribe(flag, context, handler, services.Clock);
    }

    /// <summary>
    /// Writes the kills and snapshots accepted so far to disk, and sends the events and assignments that wait; completes when this was tried, or the disk, a sink or
    /// the store does not answer in time.
    /// </summary>
    public Task FlushAsync() => Task.WhenAll(loop.FlushAsync(), events?.FlushAsync() ?? Task.CompletedTask, assignments?.FlushAsync() ?? Task.CompletedTask);

    /// <summary>Ends the client at once; the loops' last turns, and the disk's work, end by themselves.</summary>
    public void Dispose()
    {
        Close();
        _ = usage?.StopAsync();
        _ = events?.StopAsync();
        _ = assignments?.StopAsync();
        _ = loop.StopAsync();
    }

    /// <summary>Ends the client at once, and waits for the loops' last turns and the disk, for a few seconds at most.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        var told = usage?.DisposeAsync() ?? ValueTask.CompletedTask;
        var sent = events?.DisposeAsync() ?? ValueTask.CompletedTask;
        var stored = assignments?.StopAsync() ?? Task.CompletedTask;
        await loop.DisposeAsync().ConfigureAwait(false);
        await told.ConfigureAwait(false);
        await sent.ConfigureAwait(false);
        await stored.ConfigureAwait(false);
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

    public Evaluation<JsonElement> EvaluateUntyped(string key, EvaluationContext context, JsonElement fallback = default) =>
        Current.EvaluateUntyped(key, context, fallback);

    public Explanation Explain(string key, EvaluationContext context) => Current.Explain(key, context) with { Notes = canary.NotesOn(key) };

    public FrontEndFlags GetFrontEndFlags(EvaluationContext context) => Current.GetFrontEndFlags(context);

    private void Start()
    {
        loop.Start();
        usage?.Start();
        events?.Start();
    }

    private void StartFor(ClientUse use)
    {
        if (!loop.StartFor(use))
            return;
        usage?.Start();
        events?.Start();
    }

    private void Close()
    {
        steering.Close(FeatureSnapshot.Closed(services));
        control.Dispose();
        canary.Dispose();
    }
}
