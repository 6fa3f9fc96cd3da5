using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Client;

/// <summary>The client as a scope of dependency injection sees it: on that scope's frozen rules from its begin to its end, and else on the rules in force.</summary>
/// <param name="client">The client of the process.</param>
/// <param name="binding">The scope's unit of work; null outside of any scope.</param>
internal sealed class ScopedFeatureClient(IFeatureClient client, ScopeBinding? binding) : IFeatureClient
{
    /// <summary>The client of the process.</summary>
    public IFeatureClient Inner => client;

    /// <summary>The unit of work in progress; null if there is none.</summary>
    public FeatureScope? Scope => binding?.Current;

    /// <summary>The scope's unit of work, begun or not; null outside of any scope.</summary>
    public ScopeBinding? Binding => binding;

    /// <summary>Reads the context of the scope; null if it has none.</summary>
    public ContextReader? Reader => binding?.Reader;

    /// <summary>The rules that answer now, if no unit of work is in progress and the client is this library's own; else null.</summary>
    public FeatureSnapshot? Rules => Scope is null ? (client as FeatureClient)?.Current : null;

    public FeatureClientStatus Status => client.Status;

    private IFeatureEvaluator Evaluator => (IFeatureEvaluator?)Scope ?? client;

    public IFeatureSnapshot GetSnapshot() => (IFeatureSnapshot?)Scope ?? client.GetSnapshot();

    public IFeatureScope BeginScope() => client.BeginScope();

    public Task<FeatureClientStatus> WaitUntilReadyAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) => client.WaitUntilReadyAsync(timeout, cancellationToken);

    public void Track(string metric, EvaluationContext context, double value = 1)
    {
        if (Scope is { } scope)
            scope.Track(metric, context, value);
        else
            client.Track(metric, context, value);
    }

    public IDisposable OnChange(Action<SnapshotChange> handler) => client.OnChange(handler);

    public IDisposable OnChange<T>(FeatureFlag<T> flag, EvaluationContext context, Action<FlagChange<T>> handler) => client.OnChange(flag, context, handler);

    public bool IsEnabled(string key, EvaluationContext context, bool fallback = false) => Evaluator.IsEnabled(key, context, fallback);

    [return: NotNullIfNotNull(nameof(fallback))]
    public string? GetString(string key, EvaluationContext context, string? fallback) => Evaluator.GetString(key, context, fallback);

    public long GetInteger(string key, EvaluationContext context, long fallback) => Evaluator.GetInteger(key, context, fallback);

    public double GetNumber(string key, EvaluationContext context, double fallback) => Evaluator.GetNumber(key, context, fallback);

    public T GetJson<T>(string key, EvaluationContext context, T fallback, JsonTypeInfo<T> type) => Evaluator.GetJson(key, context, fallback, type);

    public Evaluation<bool> EvaluateBoolean(string key, EvaluationContext context, bool fallback = false) => Evaluator.EvaluateBoolean(key, context, fallback);

    public Evaluation<string?> EvaluateString(string key, EvaluationContext context, string? fallback) => Evaluator.EvaluateString(key, context, fallback);

    public Evaluation<long> EvaluateInteger(string key, EvaluationContext context, long fallback) => Evaluator.EvaluateInteger(key, context, fallback);

    public Evaluation<double> EvaluateNumber(string key, EvaluationContext context, double fallback) => Evaluator.EvaluateNumber(key, context, fallback);

    public Evaluation<T> EvaluateJson<T>(string key, EvaluationContext context, T fallback, JsonTypeInfo<T> type) => Evaluator.EvaluateJson(key, context, fallback, type);

    public Evaluation<JsonElement> EvaluateUntyped(string key, EvaluationContext context, JsonElement fallback = default) => Evaluator.EvaluateUntyped(key, context, fallback);

    public Explanation Explain(string key, EvaluationContext context) => Evaluator.Explain(key, context);

    public FrontEndFlags GetFrontEndFlags(EvaluationContext context) => Evaluator.GetFrontEndFlags(context);
}
