using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// A flag declared once, in code: its key, type and fallback. Declare it as a static field and pass it instead of a key. It also
/// remembers the flag's place, which makes it the fastest way to evaluate. Safe to share between threads and clients.
/// </summary>
/// <remarks>
/// A declaration of a type that no flag can have does not throw, since that would break every other declaration of its class. Instead, each evaluation of it throws
/// an <see cref="ArgumentException"/>, whether there is such a flag or not.
/// </remarks>
/// <typeparam name="T"><see cref="bool"/>, <see cref="string"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/>, or a type of yours read from JSON.</typeparam>
/// <example>
/// <code>
/// public static readonly FeatureFlag&lt;bool&gt; NewCheckout = new("new-checkout", fallback: false);
/// </code>
/// </example>
public sealed class FeatureFlag<T>
{
    /// <summary>The flag's last known place, and the snapshot's own text of the key. Both are hints, checked on each use: a race costs only a look-up.</summary>
    internal int SlotHint;

    internal string KeyHint;

    /// <summary>Declares a flag of a plain type.</summary>
    /// <param name="key">The flag's key; case-sensitive.</param>
    /// <param name="fallback">The value returned when the flag cannot be evaluated or serves nothing.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> is empty.</exception>
    public FeatureFlag(string key, T fallback)
        : this(json: null, key, fallback)
    {
        if (!IsReadable) SlotHint = -1;     // so that it is never found by its hint, and each question comes by the check
    }

    /// <summary>Declares a JSON flag.</summary>
    /// <param name="key">The flag's key; case-sensitive.</param>
    /// <param name="fallback">The value returned when the flag cannot be evaluated, serves nothing, or does not fit.</param>
    /// <param name="json">The type information to read its JSON with, from a source-generated <c>JsonSerializerContext</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    public FeatureFlag(string key, T fallback, JsonTypeInfo<T> json)
        : this(json ?? throw new ArgumentNullException(nameof(json)), key, fallback)
    {
    }

    private FeatureFlag(JsonTypeInfo<T>? json, string key, T fallback)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        Key = key;
        KeyHint = key;
        Fallback = fallback;
        Json = json;
    }

    /// <summary>The flag's key.</summary>
    public string Key { get; }

    /// <summary>The value returned when the flag cannot be evaluated.</summary>
    public T Fallback { get; }

    internal JsonTypeInfo<T>? Json { get; }

    private bool IsReadable => Json is not null
        || typeof(T) == typeof(bool) || typeof(T) == typeof(string) || typeof(T) == typeof(int) || typeof(T) == typeof(long) || typeof(T) == typeof(double);

    /// <summary>The key.</summary>
    public override string ToString() => Key;

    /// <exception cref="ArgumentException">No flag can have the type.</exception>
    internal void ThrowIfUnreadable()
    {
        if (!IsReadable)
            throw new ArgumentException($"Flag '{Key}' is declared as {typeof(T)}, which no flag can have. Declare it as bool, string, int, long or double; or pass the JsonTypeInfo<{typeof(T).Name}> that reads it from JSON.");
    }
}
