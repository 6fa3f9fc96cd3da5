using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Client;

/// <summary>
/// Binds a scope to a unit of work on the rules of a client, and is the client as that scope sees it: on its frozen rules from its begin to its end, and else on the rules in force.
/// One object for both, since each request has one. One that is never begun is the client of a singleton.
/// </summary>
/// <param name="client">The client of the process.</param>
internal sealed class ScopeBinding(FeatureClient client) : FeatureScopeBinding, IFeatureClient
{
    private FeatureScope? _scope;
    private FeatureScope? _current;
    private ContextReader? _reader;

    public override IFeatureClient Client => this;

    /// <summary>The client of the process.</summary>
    public FeatureClient Inner => client;

    /// <summary>The rules that answer now, if no unit of work is in progress; else null.</summary>
    public FeatureSnapshot? Rules => Current is null ? client.Current : null;

    public override IFeatureScope? Scope => Current;

    public override ContextReader? Reader => Volatile.Read(ref _reader);

    public FeatureClientStatus Status => client.Status;

    /// <summary>The unit of work in progress.</summary>
    public FeatureScope? Current => Volatile.Read(ref _current);

    /// <summary>The frozen rules of the scope, from the first access on.</summary>
    public FeatureScope Owned
    {
        get
        {
            if (Volatile.Read(ref _scope) is { } scope)
                return scope;
            var made = client.BeginOnce();
            return Interlocked.CompareExchange(ref _scope, made, null) ?? made;
        }
    }

    private IFeatureEvaluator Evaluator => (IFeatureEvaluator?)Current ?? client;

    /// <summary>Binds a scope to a unit of work on the rules of a client.</summary>
    public static FeatureScopeBinding Of(FeatureClient client) => new ScopeBinding(client);

    public override IFeatureScope Begin(ContextReader? reader)
    {
        Volatile.Write(ref _reader, reader);
        var scope = Owned;
        scope.Reader = reader;
        Volatile.Write(ref _current, scope);
        return scope;
    }

    public override void Follow(ContextReader? reader)
    {
        Volatile.Write(ref _current, null);
        Volatile.Write(ref _reader, reader);
        if (Volatile.Read(ref _scope) is not { } scope)
            return;
        scope.Reader = reader;
        scope.Follow(client);
    }

    public override void End()
    {
        Volatile.Write(ref _current, null);
        Volatile.Write(ref _reader, null);
        if (Volatile.Read(ref _scope) is { } scope)
            scope.Reader = null;
    }

    public IFeatureSnapshot GetSnapshot() => (IFeatureSnapshot?)Current ?? client.GetSnapshot();

    public IFeatureScope BeginScope() => client.BeginScope();

    public Task<FeatureClientStatus> WaitUntilReadyAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) => client.WaitUntilReadyAsync(timeout, cancellationToken);

    public void Track(string metric, EvaluationContext context, double value = 1)
    {
        if (Current is { } scope)
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
