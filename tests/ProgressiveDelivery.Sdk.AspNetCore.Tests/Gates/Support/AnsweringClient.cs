using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

/// <summary>A fake that an application's tests might register: flags are on for anna, and texts are blue.</summary>
internal sealed class AnsweringClient : IFeatureClient
{
    public ConcurrentQueue<string> Asked { get; } = [];

    public FeatureClientStatus Status => throw new NotSupportedException();

    public bool IsEnabled(string key, EvaluationContext context, bool fallback = false) => EvaluateBoolean(key, context, fallback).Value;

    public Evaluation<bool> EvaluateBoolean(string key, EvaluationContext context, bool fallback = false)
    {
        Asked.Enqueue(key);
        return new(context.TargetingKey == "anna", EvaluationReason.Default);
    }

    public Evaluation<JsonElement> EvaluateUntyped(string key, EvaluationContext context, JsonElement fallback = default)
    {
        Asked.Enqueue(key);
        return new(fallback, EvaluationReason.Default, context.TargetingKey == "anna" ? "blue" : "red");
    }

    public string? GetString(string key, EvaluationContext context, string? fallback) => throw new NotSupportedException();

    public long GetInteger(string key, EvaluationContext context, long fallback) => throw new NotSupportedException();

    public double GetNumber(string key, EvaluationContext context, double fallback) => throw new NotSupportedException();

    public T GetJson<T>(string key, EvaluationContext context, T fallback, JsonTypeInfo<T> type) => throw new NotSupportedException();

    public Evaluation<string?> EvaluateString(string key, EvaluationContext context, string? fallback) => throw new NotSupportedException();

    public Evaluation<long> EvaluateInteger(string key, EvaluationContext context, long fallback) => throw new NotSupportedException();

    public Evaluation<double> EvaluateNumber(string key, EvaluationContext context, double fallback) => throw new NotSupportedException();

    public Evaluation<T> EvaluateJson<T>(string key, EvaluationContext context, T fallback, JsonTypeInfo<T> type) => throw new NotSupportedException();

    public Explanation Explain(string key, EvaluationContext context) => throw new NotSupportedException();

    public FrontEndFlags GetFrontEndFlags(EvaluationContext context) => throw new NotSupportedException();

    public IFeatureSnapshot GetSnapshot() => throw new NotSupportedException();

    public IFeatureScope BeginScope() => throw new NotSupportedException();

    public Task<FeatureClientStatus> WaitUntilReadyAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Track(string metric, EvaluationContext context, double value = 1) => throw new NotSupportedException();

    public IDisposable OnChange(Action<SnapshotChange> handler) => throw new NotSupportedException();

    public IDisposable OnChange<T>(FeatureFlag<T> flag, EvaluationContext context, Action<FlagChange<T>> handler) => throw new NotSupportedException();
}
