using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Answers which variant a context gets. Every member is synchronous, does no I/O, is safe to call from any thread, and never
/// throws on data: what cannot be answered answers the caller's fallback, and the <c>Evaluate…</c> twin says why.
/// </summary>
/// <remarks>
/// Only the caller's own mistakes throw: a null key or context (<see cref="ArgumentNullException"/>) and, in strict mode, an
/// unknown flag (<see cref="UnknownFlagException"/>).
/// </remarks>
public interface IFeatureEvaluator
{
    /// <summary>Whether a boolean flag is on for a context.</summary>
    /// <param name="key">The flag's key; case-sensitive.</param>
    /// <param name="context">Who is asked about.</param>
    /// <param name="fallback">Answered when the flag cannot be evaluated or serves nothing.</param>
    bool IsEnabled(string key, EvaluationContext context, bool fallback = false);

    /// <summary>The value of a string flag.</summary>
    /// <inheritdoc cref="IsEnabled(string, EvaluationContext, bool)"/>
    [return: NotNullIfNotNull(nameof(fallback))]
    string? GetString(string key, EvaluationContext context, string? fallback);

    /// <summary>The value of an integer flag, 64 bits.</summary>
    /// <inheritdoc cref="IsEnabled(string, EvaluationContext, bool)"/>
    long GetInteger(string key, EvaluationContext context, long fallback);

    /// <summary>The value of a number flag, or of an integer flag as a number.</summary>
    /// <inheritdoc cref="IsEnabled(string, EvaluationContext, bool)"/>
    double GetNumber(string key, EvaluationContext context, double fallback);

    /// <summary>The value of a JSON flag as a type of yours.</summary>
    /// <remarks>The object is made once per snapshot and type and then shared by all callers: treat it as immutable.</remarks>
    /// <typeparam name="T">What the JSON is read as.</typeparam>
    /// <param name="key">The flag's key; case-sensitive.</param>
    /// <param name="context">Who is asked about.</param>
    /// <param name="fallback">Answered when the flag cannot be evaluated, serves nothing, or its JSON does not fit <typeparamref name="T"/>.</param>
    /// <param name="type">How to read it, from a source-generated <c>JsonSerializerContext</c>.</param>
    T GetJson<T>(string key, EvaluationContext context, T fallback, JsonTypeInfo<T> type);

    /// <summary><see cref="IsEnabled(string, EvaluationContext, bool)"/>, with variant, reason and provenance.</summary>
    /// <inheritdoc cref="IsEnabled(string, EvaluationContext, bool)"/>
    Evaluation<bool> EvaluateBoolean(string key, EvaluationContext context, bool fallback = false);

    /// <summary><see cref="GetString"/>, with variant, reason and provenance.</summary>
    /// <inheritdoc cref="IsEnabled(string, EvaluationContext, bool)"/>
    Evaluation<string?> EvaluateString(string key, EvaluationContext context, string? fallback);

    /// <summary><see cref="GetInteger"/>, with variant, reason and provenance.</summary>
    /// <inheritdoc cref="IsEnabled(string, EvaluationContext, bool)"/>
    Evaluation<long> EvaluateInteger(string key, EvaluationContext context, long fallback);

    /// <summary><see cref="GetNumber"/>, with variant, reason and provenance.</summary>
    /// <inheritdoc cref="IsEnabled(string, EvaluationContext, bool)"/>
    Evaluation<double> EvaluateNumber(string key, EvaluationContext context, double fallback);

    /// <summary><see cref="GetJson{T}"/>, with variant, reason and provenance.</summary>
    /// <inheritdoc cref="GetJson{T}"/>
    Evaluation<T> EvaluateJson<T>(string key, EvaluationContext context, T fallback, JsonTypeInfo<T> type);

    /// <summary>
    /// How a flag is decided for a context: each rule and condition, whether it matched or why not, and the bucket, threshold and
    /// salt of each rollout and split. It runs the evaluation itself, with a trace; it allocates, and is meant for people.
    /// </summary>
    Explanation Explain(string key, EvaluationContext context);

    /// <summary>
    /// The flags marked client-visible, evaluated for one context, for a front end to start from. Lazy: they are evaluated,
    /// all from one snapshot, as they are enumerated or written.
    /// </summary>
    ClientFlags GetClientFlags(EvaluationContext context);
}
