using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// A flag declared once, in code: its key, type and fallback. Declare it as a static field and pass it instead of a key; it also
/// remembers where the flag was found, so that asking by it is the fastest way to ask. Safe to share between threads and clients.
/// </summary>
/// <typeparam name="T"><see cref="bool"/>, <see cref="string"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/>, or a type of yours read from JSON.</typeparam>
/// <example>
/// <code>
/// public static readonly FeatureFlag&lt;bool&gt; NewCheckout = new("new-checkout", fallback: false);
/// </code>
/// </example>
public sealed class FeatureFlag<T>
{
    /// <summary>Where the flag was found last, and the snapshot's own text of the key: hints, checked on each use, so that a race costs a look-up and nothing else.</summary>
    internal int SlotHint;

    internal string KeyHint;

    /// <summary>Declares a flag of a plain type.</summary>
    /// <param name="key">The flag's key; case-sensitive.</param>
    /// <param name="fallback">Answered when the flag cannot be evaluated or serves nothing.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> is empty, or <typeparamref name="T"/> is not a plain type.</exception>
    public FeatureFlag(string key, T fallback)
        : this(json: null, key, fallback)
    {
        if (typeof(T) != typeof(bool) && typeof(T) != typeof(string) && typeof(T) != typeof(int) && typeof(T) != typeof(long) && typeof(T) != typeof(double))
            throw new ArgumentException($"Flag '{key}': {typeof(T)} is no plain flag type (bool, string, int, long, double). Pass the JsonTypeInfo<{typeof(T).Name}> that reads it from JSON.", nameof(fallback));
    }

    /// <summary>Declares a JSON flag.</summary>
    /// <param name="key">The flag's key; case-sensitive.</param>
    /// <param name="fallback">Answered when the flag cannot be evaluated, serves nothing, or does not fit.</param>
    /// <param name="json">How its JSON is read, from a source-generated <c>JsonSerializerContext</c>.</param>
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

    /// <summary>What is answered when the flag cannot be.</summary>
    public T Fallback { get; }

    internal JsonTypeInfo<T>? Json { get; }

    /// <summary>The key.</summary>
    public override string ToString() => Key;
}
