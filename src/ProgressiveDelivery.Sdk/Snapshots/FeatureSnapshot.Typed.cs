using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>The overload families: by key or by declared flag, value or evaluation, heap or stack context. Each is look-up, decision, reading.</summary>
internal sealed partial class FeatureSnapshot
{
    public bool IsEnabled(string key, EvaluationContext context, bool fallback = false) =>
        Value(key, context, fallback, default(BooleanReader));

    [return: NotNullIfNotNull(nameof(fallback))]
    public string? GetString(string key, EvaluationContext context, string? fallback) =>
        Value(key, context, fallback, default(TextValueReader));

    public long GetInteger(string key, EvaluationContext context, long fallback) =>
        Value(key, context, fallback, default(IntegerReader));

    public double GetNumber(string key, EvaluationContext context, double fallback) =>
        Value(key, context, fallback, default(NumberReader));

    public T GetJson<T>(string key, EvaluationContext context, T fallback, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Value(key, context, fallback, new JsonReader<T>(type));
    }

    public Evaluation<bool> EvaluateBoolean(string key, EvaluationContext context, bool fallback = false) =>
        Evaluate(key, context, fallback, default(BooleanReader));

    public Evaluation<string?> EvaluateString(string key, EvaluationContext context, string? fallback) =>
        Evaluate(key, context, fallback, default(TextValueReader));

    public Evaluation<long> EvaluateInteger(string key, EvaluationContext context, long fallback) =>
        Evaluate(key, context, fallback, default(IntegerReader));

    public Evaluation<double> EvaluateNumber(string key, EvaluationContext context, double fallback) =>
        Evaluate(key, context, fallback, default(NumberReader));

    public Evaluation<T> EvaluateJson<T>(string key, EvaluationContext context, T fallback, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Evaluate(key, context, fallback, new JsonReader<T>(type));
    }

    public T Value<T>(FeatureFlag<T> declared, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _rules.Find(declared) is { } flag
            ? Read(flag, Decide(flag, context), declared.Fallback, new DeclaredReader<T>(declared.Json))
            : Missing(declared.Key, declared.Fallback);
    }

    public T Value<T>(FeatureFlag<T> declared, in StackContext context) =>
        _rules.Find(declared) is { } flag
            ? Read(flag, Decide(flag, in context), declared.Fallback, new DeclaredReader<T>(declared.Json))
            : Missing(declared.Key, declared.Fallback);

    public bool IsEnabled(string key, in StackContext context, bool fallback) =>
        _rules.Find(key) is { } flag
            ? Read(flag, Decide(flag, in context), fallback, default(BooleanReader))
            : Missing(key, fallback);

    public Evaluation<T> Evaluate<T>(FeatureFlag<T> declared, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _rules.Find(declared) is { } flag
            ? Result(flag, Decide(flag, context), declared.Fallback, new DeclaredReader<T>(declared.Json))
            : new(declared.Fallback, this, null, Unknown(declared.Key));
    }

    public Evaluation<T> Evaluate<T>(FeatureFlag<T> declared, in StackContext context) =>
        _rules.Find(declared) is { } flag
            ? Result(flag, Decide(flag, in context), declared.Fallback, new DeclaredReader<T>(declared.Json))
            : new(declared.Fallback, this, null, Unknown(declared.Key));

    /// <summary>The answer to one who only looks: it stores and counts nothing, and a flag that is missing is nobody's mistake.</summary>
    public Evaluation<T> Peek<T>(FeatureFlag<T> declared, EvaluationContext context) =>
        _rules.Find(declared) is { } flag
            ? Result(flag, Look(flag, context), declared.Fallback, new DeclaredReader<T>(declared.Json))
            : new(declared.Fallback, this, null, new(Decision.None, _unknownReason));

    private T Value<T, TReader>(string key, EvaluationContext context, T fallback, TReader reader)
        where TReader : struct, IValueReader<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(context);
        return _rules.Find(key) is { } flag
            ? Read(flag, Decide(flag, context), fallback, reader)
            : Missing(key, fallback);
    }

    private Evaluation<T> Evaluate<T, TReader>(string key, EvaluationContext context, T fallback, TReader reader)
        where TReader : struct, IValueReader<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(context);
        return _rules.Find(key) is { } flag
            ? Result(flag, Decide(flag, context), fallback, reader)
            : new(fallback, this, null, Unknown(key));
    }

    private T Missing<T>(string key, T fallback)
    {
        Unknown(key);
        return fallback;
    }

    private static T Read<T, TReader>(CompiledFlag flag, Decision decision, T fallback, TReader reader)
        where TReader : struct, IValueReader<T> =>
        decision.HasVariant && reader.TryRead(flag, flag.Variants[decision.Variant], out var value) ? value : fallback;

    private Evaluation<T> Result<T, TReader>(CompiledFlag flag, Decision decision, T fallback, TReader reader)
        where TReader : struct, IValueReader<T>
    {
        if (!decision.HasVariant)
            return new(fallback, this, flag, decision);
        return reader.TryRead(flag, flag.Variants[decision.Variant], out var value)
            ? new(value, this, flag, decision)
            : new(fallback, this, flag, new(Decision.None, flag.Variants[decision.Variant].HasValue ? EvaluationReason.TypeMismatch : decision.Reason, decision.Rule));
    }
}
