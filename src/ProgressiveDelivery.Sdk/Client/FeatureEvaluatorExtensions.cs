using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Evaluates declared flags, and with a context on the stack. On this library's own clients, snapshots and scopes these are the fastest
/// evaluations and allocate nothing; on any other <see cref="IFeatureEvaluator"/>, such as a fake, they call its members.
/// </summary>
public static partial class FeatureEvaluatorExtensions
{
    /// <summary>Returns whether a declared boolean flag is on.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static bool IsEnabled(this IFeatureEvaluator features, FeatureFlag<bool> flag, EvaluationContext context) =>
        features.Get(flag, context);

    /// <summary>Returns whether a declared boolean flag is on.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static bool IsEnabled(this IFeatureEvaluator features, FeatureFlag<bool> flag, in StackContext context) =>
        features.Get(flag, in context);

    /// <summary>Returns whether a boolean flag is on.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static bool IsEnabled(this IFeatureEvaluator features, string key, in StackContext context, bool fallback = false)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Own(features)?.IsEnabled(key, in context, fallback) ?? OwnScope(features)?.IsEnabled(key, in context, fallback) ?? features.IsEnabled(key, context.ToContext(), fallback);
    }

    /// <summary>Returns the value of a declared flag.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="flag"/> is declared as a type that no flag can have.</exception>
    public static T Get<T>(this IFeatureEvaluator features, FeatureFlag<T> flag, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(flag);
        return Own(features) is { } own ? own.Value(flag, context) : OwnScope(features) is { } scope ? scope.Value(flag, context) : Other(features, flag, context).Value;
    }

    /// <summary>Returns the value of a declared flag.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="flag"/> is declared as a type that no flag can have.</exception>
    public static T Get<T>(this IFeatureEvaluator features, FeatureFlag<T> flag, in StackContext context)
    {
        ArgumentNullException.ThrowIfNull(flag);
        return Own(features) is { } own ? own.Value(flag, in context) : OwnScope(features) is { } scope ? scope.Value(flag, in context) : Other(features, flag, context.ToContext()).Value;
    }

    /// <summary>Returns the value of a declared flag, with variant, reason and provenance.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="flag"/> is declared as a type that no flag can have.</exception>
    public static Evaluation<T> Evaluate<T>(this IFeatureEvaluator features, FeatureFlag<T> flag, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(flag);
        return Own(features) is { } own ? own.Evaluate(flag, context) : OwnScope(features) is { } scope ? scope.Evaluate(flag, context) : Other(features, flag, context);
    }

    /// <summary>Returns the value of a declared flag, with variant, reason and provenance.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="flag"/> is declared as a type that no flag can have.</exception>
    public static Evaluation<T> Evaluate<T>(this IFeatureEvaluator features, FeatureFlag<T> flag, in StackContext context)
    {
        ArgumentNullException.ThrowIfNull(flag);
        return Own(features) is { } own ? own.Evaluate(flag, in context) : OwnScope(features) is { } scope ? scope.Evaluate(flag, in context) : Other(features, flag, context.ToContext());
    }

    internal static FeatureSnapshot? Own(IFeatureEvaluator features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return features is FeatureClient client ? client.Current : features as FeatureSnapshot ?? (features as ScopeBinding)?.Rules;
    }

    internal static FeatureScope? OwnScope(IFeatureEvaluator features) => features as FeatureScope ?? (features as ScopeBinding)?.Current;

    private static Evaluation<T> Other<T>(IFeatureEvaluator features, FeatureFlag<T> flag, EvaluationContext context)
    {
        flag.ThrowIfUnreadable();
        if (flag.Json is not null)
            return features.EvaluateJson(flag.Key, context, flag.Fallback, flag.Json);
        object evaluation = flag.Fallback switch
        {
            bool fallback => features.EvaluateBoolean(flag.Key, context, fallback),
            long fallback => features.EvaluateInteger(flag.Key, context, fallback),
            int fallback => ToInt32(features.EvaluateInteger(flag.Key, context, fallback), fallback),
            double fallback => features.EvaluateNumber(flag.Key, context, fallback),
            var fallback => features.EvaluateString(flag.Key, context, fallback as string),
        };
        return (Evaluation<T>)evaluation;
    }

    private static Evaluation<int> ToInt32(Evaluation<long> evaluation, int fallback) =>
        evaluation.Value is >= int.MinValue and <= int.MaxValue ? evaluation.As((int)evaluation.Value) : new(fallback, EvaluationReason.TypeMismatch);
}
