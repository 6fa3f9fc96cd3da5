using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Evaluates flags for contexts. Every member is synchronous, does no I/O, is safe to call from any thread, and never throws on
/// data. If a flag cannot be evaluated, the caller's fallback is returned; the <c>Evaluate…</c> twin gives the reason.
/// </summary>
/// <remarks>
/// Only the caller's own mistakes throw: a null key or context (<see cref="ArgumentNullException"/>), a flag declared as a type that no flag can have
/// (<see cref="ArgumentException"/>) and, in strict mode, an unknown flag (<see cref="UnknownFlagException"/>).
/// </remarks>
public interface IFeatureEvaluator
{
    /// <summary>Returns whether a boolean flag is on for a context.</summary>
    /// <param name="key">The flag's key; case-sensitive.</param>
    /// <param name="context">The context to evaluate.</param>
    /// <param name="fallback">The value returned when the flag cannot be evaluated or serves nothing.</param>
    bool IsEnabled(string key, EvaluationContext context, bool fallback = false);

    /// <summary>Returns the value of a string flag.</summary>
    /// <inheritdoc cref="IsEnabled(string, EvaluationContext, bool)"/>
    [return: NotNullIfNotNull(nameof(fallback))]
    string? GetString(string key, EvaluationContext context, string? fallback);

    /// <summary>Returns the value of an integer flag, 64 bits.</summary>
    /// <inheritdoc cref="IsEnabled(string, EvaluationContext, bool)"/>
    long GetInteger(string key, EvaluationContext context, long fallback);

    /// <summary>Returns the value of a number flag, or of an integer flag as a number.</summary>
    /// <inheritdoc cref="IsEnabled(string, EvaluationContext, bool)"/>
    double GetNumber(string key, EvaluationContext context, double fallback);

    /// <summary>Returns the value of a JSON flag as a type of yours.</summary>
    /// <remarks>The object is made once per snapshot and type and then shared by all callers: treat it as immutable.</remarks>
    /// <typeparam name="T">The type to read the JSON as.</typeparam>
    /// <param name="key">The flag's key; case-sensitive.</param>
    /// <param name="context">The context to evaluate.</param>
    /// <param name="fallback">The value returned when the flag cannot be evaluated, serves nothing, or its JSON does not fit <typeparamref name="T"/>.</param>
    /// <param name="type">The type information to read it with, from a source-generated <c>JsonSerializerContext</c>.</param>
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
    /// Returns the value of a flag of any type as JSON, with variant, reason and provenance, for code that does not know its flags: an endpoint, a bridge to another
    /// library. It counts as an evaluation. The value is a boolean, a string, a number or what the JSON flag holds; of a variant that only turns the flag on or
    /// off, that state. Made once per snapshot, and then shared.
    /// </summary>
    /// <param name="key">The flag's key; case-sensitive.</param>
    /// <param name="context">The context to evaluate.</param>
    /// <param name="fallback">The value returned when the flag cannot be evaluated or serves nothing; by default one of the kind <see cref="JsonValueKind.Undefined"/>.</param>
    Evaluation<JsonElement> EvaluateUntyped(string key, EvaluationContext context, JsonElement fallback = default);

    /// <summary>
    /// Explains how a flag is decided for a context: each rule and condition with its result, and the bucket, threshold and
    /// salt of each rollout and split. It runs the evaluation itself, with a trace. It allocates, and is meant for people.
    /// </summary>
    Explanation Explain(string key, EvaluationContext context);

    /// <summary>
    /// Returns the flags marked client-visible, evaluated for one context, for a front end to start from. Lazy: they are
    /// evaluated, all from one snapshot, as they are enumerated or written.
    /// </summary>
    FrontEndFlags GetFrontEndFlags(EvaluationContext context);
}
