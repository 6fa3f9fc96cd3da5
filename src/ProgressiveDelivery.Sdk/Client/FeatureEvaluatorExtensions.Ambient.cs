using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk;

/// <content>
/// Questions without a context, for code in a scope that has one: a request, a circuit, a message. The context is that of the <see cref="FeatureScopeBinding"/>; anywhere else the caller is
/// anonymous. They allocate nothing but what reading an attribute does.
/// </content>
public static partial class FeatureEvaluatorExtensions
{
    /// <summary>Returns whether a boolean flag is on for the context of the scope, such as that of the request; for an anonymous caller outside of one.</summary>
    /// <param name="features">The client or scope.</param>
    /// <param name="key">The flag's key; case-sensitive.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static bool IsEnabled(this IFeatureEvaluator features, string key) => features.IsEnabled(key, fallback: false);

    /// <summary>Returns whether a boolean flag is on for the context of the scope; for an anonymous caller outside of one.</summary>
    /// <param name="features">The client or scope.</param>
    /// <param name="key">The flag's key; case-sensitive.</param>
    /// <param name="fallback">The value returned when the flag cannot be evaluated or serves nothing.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static bool IsEnabled(this IFeatureEvaluator features, string key, bool fallback)
    {
        var reader = ReaderOf(features);
        var context = new StackContext(reader?.TargetingKey, reader);
        return features.IsEnabled(key, in context, fallback);
    }

    /// <summary>Returns whether a boolean flag is on for the context of the scope; for an anonymous caller outside of one.</summary>
    /// <param name="features">The client or scope.</param>
    /// <param name="flag">The flag.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static bool IsEnabled(this IFeatureEvaluator features, FeatureFlag<bool> flag) => features.Get(flag);

    /// <summary>Returns the value of a flag for the context of the scope; for an anonymous caller outside of one.</summary>
    /// <typeparam name="T">The flag's type.</typeparam>
    /// <param name="features">The client or scope.</param>
    /// <param name="flag">The flag.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static T Get<T>(this IFeatureEvaluator features, FeatureFlag<T> flag)
    {
        var reader = ReaderOf(features);
        var context = new StackContext(reader?.TargetingKey, reader);
        return features.Get(flag, in context);
    }

    /// <summary><see cref="Get{T}(IFeatureEvaluator, FeatureFlag{T})"/>, with variant, reason and provenance.</summary>
    /// <inheritdoc cref="Get{T}(IFeatureEvaluator, FeatureFlag{T})"/>
    public static Evaluation<T> Evaluate<T>(this IFeatureEvaluator features, FeatureFlag<T> flag)
    {
        var reader = ReaderOf(features);
        var context = new StackContext(reader?.TargetingKey, reader);
        return features.Evaluate(flag, in context);
    }

    /// <summary>Returns the value of a flag of any type as JSON, with variant, reason and provenance, for the context of the scope; for an anonymous caller outside of one.</summary>
    /// <param name="features">The client or scope.</param>
    /// <param name="key">The flag's key; case-sensitive.</param>
    /// <param name="fallback">The value returned when the flag cannot be evaluated or serves nothing; by default one of the kind <see cref="JsonValueKind.Undefined"/>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Evaluation<JsonElement> EvaluateUntyped(this IFeatureEvaluator features, string key, JsonElement fallback = default)
    {
        var reader = ReaderOf(features);
        var context = new StackContext(reader?.TargetingKey, reader);
        return Own(features) is { } rules ? rules.Evaluate(key, new AnyContext(in context), fallback, default(UntypedReader))
            : OwnScope(features) is { } scope ? scope.Evaluate(key, new AnyContext(in context), fallback, default(UntypedReader))
            : features.EvaluateUntyped(key, context.ToContext(), fallback);
    }

    /// <summary>Returns the value of a string flag for the context of the scope; for an anonymous caller outside of one.</summary>
    /// <inheritdoc cref="IsEnabled(IFeatureEvaluator, string, bool)"/>
    [return: NotNullIfNotNull(nameof(fallback))]
    public static string? GetString(this IFeatureEvaluator features, string key, string? fallback)
    {
        var reader = ReaderOf(features);
        var context = new StackContext(reader?.TargetingKey, reader);
        return TryRead(features, key, new(in context), fallback, default(TextValueReader), out var value) ? value : features.GetString(key, context.ToContext(), fallback);
    }

    /// <summary>Returns the value of an integer flag, 64 bits, for the context of the scope; for an anonymous caller outside of one.</summary>
    /// <inheritdoc cref="IsEnabled(IFeatureEvaluator, string, bool)"/>
    public static long GetInteger(this IFeatureEvaluator features, string key, long fallback)
    {
        var reader = ReaderOf(features);
        var context = new StackContext(reader?.TargetingKey, reader);
        return TryRead(features, key, new(in context), fallback, default(IntegerReader), out var value) ? value : features.GetInteger(key, context.ToContext(), fallback);
    }

    /// <summary>Returns the value of a number flag for the context of the scope; for an anonymous caller outside of one.</summary>
    /// <inheritdoc cref="IsEnabled(IFeatureEvaluator, string, bool)"/>
    public static double GetNumber(this IFeatureEvaluator features, string key, double fallback)
    {
        var reader = ReaderOf(features);
        var context = new StackContext(reader?.TargetingKey, reader);
        return TryRead(features, key, new(in context), fallback, default(NumberReader), out var value) ? value : features.GetNumber(key, context.ToContext(), fallback);
    }

    /// <summary>Explains how a flag is decided for the context of the scope, which is read as a whole; for an anonymous caller outside of one.</summary>
    /// <param name="features">The client or scope.</param>
    /// <param name="key">The flag's key; case-sensitive.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Explanation Explain(this IFeatureEvaluator features, string key)
    {
        ArgumentNullException.ThrowIfNull(features);
        return features.Explain(key, WholeContext(features));
    }

    /// <summary>Returns the flags marked client-visible, evaluated for the context of the scope, which is read as a whole; for an anonymous caller outside of one.</summary>
    /// <param name="features">The client or scope.</param>
    /// <exception cref="ArgumentNullException"><paramref name="features"/> is null.</exception>
    public static FrontEndFlags GetFrontEndFlags(this IFeatureEvaluator features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return features.GetFrontEndFlags(WholeContext(features));
    }

    /// <summary>Records that the unit of the scope did something that a metric measures, with the variants given in the scope so far.</summary>
    /// <param name="features">The client.</param>
    /// <param name="metric">The metric's name: <c>purchase</c>.</param>
    /// <param name="value">The value, such as an amount or milliseconds; 1 for something that happened.</param>
    /// <exception cref="ArgumentException"><paramref name="metric"/> is null or empty.</exception>
    public static void Track(this IFeatureClient features, string metric, double value = 1)
    {
        ArgumentNullException.ThrowIfNull(features);
        features.Track(metric, WholeContext(features), value);
    }

    /// <summary>Records that the unit of the scope did something that a metric measures, with the variants given in the scope so far.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="metric">The metric's name: <c>purchase</c>.</param>
    /// <param name="value">The value, such as an amount or milliseconds; 1 for something that happened.</param>
    /// <exception cref="ArgumentException"><paramref name="metric"/> is null or empty.</exception>
    public static void Track(this IFeatureScope scope, string metric, double value = 1)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Track(metric, WholeContext(scope), value);
    }

    /// <summary>Reads the context of the scope that a client belongs to; null outside of one.</summary>
    internal static ContextReader? ReaderOf(IFeatureEvaluator features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var reader = features is ScopeBinding client ? client.Reader : (features as FeatureScope)?.Reader;
        reader?.Renew();
        return reader;
    }

    private static EvaluationContext WholeContext(IFeatureEvaluator features) => ReaderOf(features)?.ToContext() ?? EvaluationContext.Empty;

    private static bool TryRead<T, TReader>(IFeatureEvaluator features, string key, AnyContext context, T fallback, TReader reader, out T value)
        where TReader : struct, IValueReader<T>
    {
        value = fallback;
        if (Own(features) is { } rules)
            value = rules.Value(key, context, fallback, reader);
        else if (OwnScope(features) is { } scope)
            value = scope.Value(key, context, fallback, reader);
        else
            return false;
        return true;
    }
}
