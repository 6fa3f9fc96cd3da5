using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk;

/// <content>JSON flags read by reflection, for applications that are neither trimmed nor compiled ahead of time.</content>
public static partial class FeatureEvaluatorExtensions
{
    private const string NeedsReflection = "The type is read by reflection. In a trimmed or ahead-of-time compiled application, pass a JsonTypeInfo from a source-generated JsonSerializerContext.";

    // Case does not count, as ASP.NET Core reads JSON too.
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Returns the value of a JSON flag as a type of yours, read by reflection.</summary>
    /// <remarks>The object is made once per snapshot, type and options, and then shared by all callers: treat it as immutable, and keep the options in a static field.</remarks>
    /// <typeparam name="T">The type to read the JSON as.</typeparam>
    /// <param name="features">The client or snapshot to evaluate with.</param>
    /// <param name="key">The flag's key; case-sensitive.</param>
    /// <param name="context">The context to evaluate.</param>
    /// <param name="fallback">The value returned when the flag cannot be evaluated, serves nothing, or its JSON does not fit <typeparamref name="T"/>.</param>
    /// <param name="options">The options to read it with; they become read-only. Null for <see cref="JsonSerializerDefaults.Web"/>, which ignores the case of names.</param>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="fallback"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is a type that these options cannot read at all.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is a type that these options cannot read at all.</exception>
    [RequiresUnreferencedCode(NeedsReflection)]
    [RequiresDynamicCode(NeedsReflection)]
    public static T GetJson<T>(this IFeatureEvaluator features, string key, EvaluationContext context, T fallback, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        return features.GetJson(key, context, fallback, TypeOf<T>(options));
    }

    /// <summary><see cref="GetJson{T}"/>, with variant, reason and provenance.</summary>
    /// <inheritdoc cref="GetJson{T}"/>
    [RequiresUnreferencedCode(NeedsReflection)]
    [RequiresDynamicCode(NeedsReflection)]
    public static Evaluation<T> EvaluateJson<T>(this IFeatureEvaluator features, string key, EvaluationContext context, T fallback, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        return features.EvaluateJson(key, context, fallback, TypeOf<T>(options));
    }

    // Read-only options hand out the same metadata each time, which values are cached by.
    [RequiresUnreferencedCode(NeedsReflection)]
    [RequiresDynamicCode(NeedsReflection)]
    private static JsonTypeInfo<T> TypeOf<T>(JsonSerializerOptions? options)
    {
        options ??= Web;
        options.MakeReadOnly(populateMissingResolver: true);
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }
}
