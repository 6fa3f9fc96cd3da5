using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Observation;

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

    public Evaluation<JsonElement> EvaluateUntyped(string key, EvaluationContext context, JsonElement fallback = default) =>
        Evaluate(key, context, fallback, default(UntypedReader));

    public T Value<T>(FeatureFlag<T> declared, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Read(_rules.Find(declared), declared.Key, new(context), declared.Fallback, new DeclaredReader<T>(declared.Json));
    }

    public T Value<T>(FeatureFlag<T> declared, in StackContext context) =>
        Read(_rules.Find(declared), declared.Key, new(in context), declared.Fallback, new DeclaredReader<T>(declared.Json));

    public bool IsEnabled(string key, in StackContext context, bool fallback) =>
        Read(_rules.Find(key), key, new(in context), fallback, default(BooleanReader));

    public Evaluation<T> Evaluate<T>(FeatureFlag<T> declared, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Evaluate(_rules.Find(declared), declared.Key, new(context), declared.Fallback, new DeclaredReader<T>(declared.Json));
    }

    public Evaluation<T> Evaluate<T>(FeatureFlag<T> declared, in StackContext context) =>
        Evaluate(_rules.Find(declared), declared.Key, new(in context), declared.Fallback, new DeclaredReader<T>(declared.Json));

    /// <summary>Returns an answer without effects: nothing is stored, counted or observed, and a missing flag is not reported.</summary>
    public Evaluation<T> Look<T>(FeatureFlag<T> declared, EvaluationContext context) =>
        _rules.Find(declared) is { } flag
            ? Result(flag, DecideWithoutEffects(flag, context), context, declared.Fallback, new DeclaredReader<T>(declared.Json), observer: null, isReported: false)
            : Unanswered(declared.Fallback, new(Decision.None, _unknownReason));

    public T Value<T, TReader>(string key, AnyContext context, T fallback, TReader reader)
        where TReader : struct, IValueReader<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        return Read(_rules.Find(key), key, context, fallback, reader);
    }

    public Evaluation<T> Evaluate<T, TReader>(string key, AnyContext context, T fallback, TReader reader)
        where TReader : struct, IValueReader<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        return Evaluate(_rules.Find(key), key, context, fallback, reader);
    }

    private T Value<T, TReader>(string key, EvaluationContext context, T fallback, TReader reader)
        where TReader : struct, IValueReader<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(context);
        return Read(_rules.Find(key), key, new(context), fallback, reader);
    }

    private Evaluation<T> Evaluate<T, TReader>(string key, EvaluationContext context, T fallback, TReader reader)
        where TReader : struct, IValueReader<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(context);
        return Evaluate(_rules.Find(key), key, new(context), fallback, reader);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Read<T, TReader>(CompiledFlag? flag, string key, AnyContext context, T fallback, TReader reader)
        where TReader : struct, IValueReader<T> =>
        flag is not null ? Read(flag, Decide(flag, context), context, fallback, reader) : Missing(key, context, fallback);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Evaluation<T> Evaluate<T, TReader>(CompiledFlag? flag, string key, AnyContext context, T fallback, TReader reader)
        where TReader : struct, IValueReader<T> =>
        flag is not null ? Result(flag, Decide(flag, context), context, fallback, reader, _observer) : Unanswered(Missing(key, context, fallback), new(Decision.None, _unknownReason));

    private T Missing<T>(string key, AnyContext context, T fallback)
    {
        Unknown(key);
        _observer?.Missed(key, _unknownReason, fallback, context);
        return fallback;
    }

    private T Read<T, TReader>(CompiledFlag flag, Decision decision, AnyContext context, T fallback, TReader reader)
        where TReader : struct, IValueReader<T>
    {
        if (decision.HasVariant && reader.TryRead(flag, flag.Variants[decision.Variant], out var value))
        {
            _observer?.Answered(flag, decision, AnswerForm.Value, value, fallback, context);
            return value;
        }

        _observer?.Answered(flag, decision, AnswerForm.Fallback, fallback, fallback, context);
        if (IsMismatch(flag, decision))
            _services.UnknownFlags.Mismatched.Note(flag, typeof(T), _rules);
        return fallback;
    }

    private Evaluation<T> Result<T, TReader>(CompiledFlag flag, Decision decision, AnyContext context, T fallback, TReader reader, DecisionObserver? observer, bool isReported = true)
        where TReader : struct, IValueReader<T>
    {
        if (decision.HasVariant && reader.TryRead(flag, flag.Variants[decision.Variant], out var value))
        {
            observer?.Answered(flag, decision, AnswerForm.Variant, value, fallback, context);
            return new(value, this, flag, decision.Rule, decision.Reason, flag.Variants[decision.Variant].Label);
        }

        observer?.Answered(flag, decision, AnswerForm.Fallback, fallback, fallback, context);
        var isMismatch = IsMismatch(flag, decision);
        if (isMismatch && isReported)
            _services.UnknownFlags.Mismatched.Note(flag, typeof(T), _rules);
        return new(fallback, this, flag, decision.Rule, isMismatch ? EvaluationReason.TypeMismatch : decision.Reason, name: null);
    }

    // There is a value, and it could not be read.
    private static bool IsMismatch(CompiledFlag flag, Decision decision) => decision.HasVariant && flag.Variants[decision.Variant].HasValue;

    private Evaluation<T> Unanswered<T>(T fallback, Decision decision) => new(fallback, this, flag: null, decision.Rule, decision.Reason, name: null);
}
