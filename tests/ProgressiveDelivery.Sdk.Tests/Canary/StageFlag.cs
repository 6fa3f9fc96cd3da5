using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>A flag whose value a test changes at any moment; all other questions throw.</summary>
internal sealed class StageFlag(string? stage) : IFeatureEvaluator
{
    private volatile string? _stage = stage;
    private int _asked;

    public string? Stage
    {
        get => _stage;
        set => _stage = value;
    }

    /// <summary>The reason given where the flag has no value.</summary>
    public EvaluationReason Reason { get; set; } = EvaluationReason.FlagNotFound;

    public int Asked => Volatile.Read(ref _asked);

    public Evaluation<string?> EvaluateString(string key, EvaluationContext context, string? fallback)
    {
        Interlocked.Increment(ref _asked);
        var value = _stage;
        return value is null ? new(fallback, Reason) : new(value, EvaluationReason.Default, value);
    }

    public bool IsEnabled(string key, EvaluationContext context, bool fallback = false) => throw new NotSupportedException();

    [return: NotNullIfNotNull(nameof(fallback))]
    public string? GetString(string key, EvaluationContext context, string? fallback) => throw new NotSupportedException();

    public long GetInteger(string key, EvaluationContext context, long fallback) => throw new NotSupportedException();

    public double GetNumber(string key, EvaluationContext context, double fallback) => throw new NotSupportedException();

    public T GetJson<T>(string key, EvaluationContext context, T fallback, JsonTypeInfo<T> type) => throw new NotSupportedException();

    public Evaluation<bool> EvaluateBoolean(string key, EvaluationContext context, bool fallback = false) => throw new NotSupportedException();

    public Evaluation<long> EvaluateInteger(string key, EvaluationContext context, long fallback) => throw new NotSupportedException();

    public Evaluation<double> EvaluateNumber(string key, EvaluationContext context, double fallback) => throw new NotSupportedException();

    public Evaluation<T> EvaluateJson<T>(string key, EvaluationContext context, T fallback, JsonTypeInfo<T> type) => throw new NotSupportedException();

    public Evaluation<JsonElement> EvaluateUntyped(string key, EvaluationContext context, JsonElement fallback = default) => throw new NotSupportedException();

    public Explanation Explain(string key, EvaluationContext context) => throw new NotSupportedException();

    public FrontEndFlags GetFrontEndFlags(EvaluationContext context) => throw new NotSupportedException();
}
