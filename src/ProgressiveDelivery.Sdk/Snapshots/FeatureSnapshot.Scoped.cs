using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Evaluations of a unit of work, which remembers the variants that were given.</summary>
internal sealed partial class FeatureSnapshot
{
    public T Value<T, TReader>(string key, AnyContext context, T fallback, TReader reader, GivenVariants given)
        where TReader : struct, IValueReader<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        return Value(_rules.Find(key), key, context, fallback, reader, given);
    }

    public T Value<T, TReader>(string key, EvaluationContext context, T fallback, TReader reader, GivenVariants given)
        where TReader : struct, IValueReader<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(context);
        return Value(_rules.Find(key), key, new(context), fallback, reader, given);
    }

    public Evaluation<T> Evaluate<T, TReader>(string key, EvaluationContext context, T fallback, TReader reader, GivenVariants given)
        where TReader : struct, IValueReader<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(context);
        return Evaluate(_rules.Find(key), key, new(context), fallback, reader, given);
    }

    public Evaluation<T> Evaluate<T, TReader>(string key, AnyContext context, T fallback, TReader reader, GivenVariants given)
        where TReader : struct, IValueReader<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        return Evaluate(_rules.Find(key), key, context, fallback, reader, given);
    }

    public T Value<T>(FeatureFlag<T> declared, AnyContext context, GivenVariants given) =>
        Value(_rules.Find(declared), declared.Key, context, declared.Fallback, new DeclaredReader<T>(declared.Json), given);

    public Evaluation<T> Evaluate<T>(FeatureFlag<T> declared, AnyContext context, GivenVariants given) =>
        Evaluate(_rules.Find(declared), declared.Key, context, declared.Fallback, new DeclaredReader<T>(declared.Json), given);

    public bool IsEnabled(string key, in StackContext context, bool fallback, GivenVariants given) =>
        Value(_rules.Find(key), key, new(in context), fallback, default(BooleanReader), given);

    public Explanation Explain(string key, EvaluationContext context, GivenVariants given)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_rules.Find(key) is { } flag)
            given.NoteContextDependent(flag);
        return Explain(key, context);
    }

    public FrontEndFlags GetFrontEndFlags(EvaluationContext context, GivenVariants given)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var flag in _rules.Flags)
        {
            if (flag.ClientVisible && (!flag.IsConstant || context.Forced is not null))
                given.NoteContextDependent(flag);
        }

        return GetFrontEndFlags(context);
    }

    private T Value<T, TReader>(CompiledFlag? flag, string key, AnyContext context, T fallback, TReader reader, GivenVariants given)
        where TReader : struct, IValueReader<T>
    {
        if (flag is null)
            return Missing(key, context, fallback);
        var decision = Decide(flag, context, given);
        Note<T, TReader>(flag, decision, context, reader, given);
        return Read(flag, decision, context, fallback, reader);
    }

    private Evaluation<T> Evaluate<T, TReader>(CompiledFlag? flag, string key, AnyContext context, T fallback, TReader reader, GivenVariants given)
        where TReader : struct, IValueReader<T>
    {
        if (flag is null)
            return Unanswered(Missing(key, context, fallback), new(Decision.None, _unknownReason));
        var decision = Decide(flag, context, given);
        Note<T, TReader>(flag, decision, context, reader, given);
        return Result(flag, decision, context, fallback, reader, _observer);
    }

    // Read once more than the answer needs: a value that cannot be read is a fallback, and none was given. Nor was one that is forced for a test.
    private static void Note<T, TReader>(CompiledFlag flag, Decision decision, AnyContext context, TReader reader, GivenVariants given, bool isRun = false)
        where TReader : struct, IValueReader<T>
    {
        if (decision.HasVariant && !flag.IsForced(decision) && reader.TryRead(flag, flag.Variants[decision.Variant], out T _))
            given.Note(flag, decision, context, isRun);
    }
}
