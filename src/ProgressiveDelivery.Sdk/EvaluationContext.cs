using System.Diagnostics;
using System.Text;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Who or what is asked about: a targeting key, which is what rollouts and splits hash, and typed attributes, which rules test.
/// Immutable and safe to share between threads; build one per request and pass it to every call.
/// </summary>
/// <example>
/// <code>
/// var context = new EvaluationContext("user-17") { ["country"] = "NL", ["age"] = 42, ["appVersion"] = "4.2.0" };
/// </code>
/// </example>
/// <remarks>
/// Equal contexts are equal whatever the order in which they were built. To evaluate without any allocation, the context
/// included, use <see cref="StackContext"/>.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class EvaluationContext : IEquatable<EvaluationContext>
{
    internal const string TargetingKeyName = "targetingKey";

    private readonly AttributeValue _key;
    private ContextAttribute[] _attributes;
    private int _count;
    private readonly ContextKind[] _kinds;
    private readonly string[] _private;

    /// <summary>Makes the context of an anonymous caller, who is in no rollout; add attributes in an object initialiser.</summary>
    public EvaluationContext()
        : this(targetingKey: null)
    {
    }

    /// <summary>Makes a context without attributes; add them in an object initialiser.</summary>
    /// <param name="targetingKey">What is hashed: a user's, account's or device's stable id. Null for an anonymous caller, who is in no rollout.</param>
    public EvaluationContext(string? targetingKey)
        : this(targetingKey, [], [], [])
    {
    }

    /// <summary>Makes a context from attributes at hand; a name given twice keeps its last value.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="attributes"/> is null.</exception>
    public EvaluationContext(string? targetingKey, IEnumerable<KeyValuePair<string, AttributeValue>> attributes)
        : this(targetingKey, AttributeList.Sorted(attributes ?? throw new ArgumentNullException(nameof(attributes))), [], [])
    {
    }

    private EvaluationContext(string? targetingKey, ContextAttribute[] attributes, ContextKind[] kinds, string[] privateNames)
    {
        _key = targetingKey;
        _attributes = attributes;
        _count = attributes.Length;
        _kinds = kinds;
        _private = privateNames;
    }

    /// <summary>A context that says nothing: no key, no attributes.</summary>
    public static EvaluationContext Empty { get; } = new();

    /// <summary>What rollouts, splits and segments go by; null for an anonymous caller.</summary>
    public string? TargetingKey => _key.AsString();

    /// <summary>The attributes of the main context, in ordinal order of their names; the targeting key is not among them.</summary>
    public IReadOnlyList<ContextAttribute> Attributes => new ArraySegment<ContextAttribute>(_attributes, 0, _count);

    /// <summary>The attribute of that name, or a null value; in an initialiser, sets it.</summary>
    /// <param name="name">Case-sensitive. Rules name nested values as <c>/address/country</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public AttributeValue this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            return AttributeList.Find(AttributeSpan, name, sorted: true);
        }

        init
        {
            ArgumentNullException.ThrowIfNull(name);
            AttributeList.Set(ref _attributes, ref _count, name, value);
        }
    }

    /// <summary>The context of another kind (an organisation, a device) that <see cref="WithKind"/> added; null when there is none.</summary>
    public EvaluationContext? Kind(string kind)
    {
        foreach (var entry in _kinds)
        {
            if (string.Equals(entry.Name, kind, StringComparison.Ordinal))
                return entry.Context;
        }

        return null;
    }

    /// <summary>A copy with one attribute added or replaced.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public EvaluationContext With(string name, AttributeValue value)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(TargetingKey, AttributeList.With(AttributeSpan, name, value), _kinds, _private);
    }

    /// <summary>A copy that also describes another kind of thing; rules name its attributes as <c>organisation:plan</c>.</summary>
    /// <param name="kind">The kind's name, without the colon.</param>
    /// <param name="context">Its key and attributes; kinds inside it are not looked at.</param>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is empty or contains a colon or a slash.</exception>
    public EvaluationContext WithKind(string kind, EvaluationContext context)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentNullException.ThrowIfNull(context);
        if (kind.AsSpan().ContainsAny(':', '/'))
            throw new ArgumentException($"Context kind '{kind}': a kind's name holds no ':' and no '/', since references are written 'kind:attribute'. Choose another name.", nameof(kind));

        var kinds = _kinds.Where(entry => !string.Equals(entry.Name, kind, StringComparison.Ordinal))
            .Append(new(kind, context))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);
        return new(TargetingKey, AttributeSpan.ToArray(), [.. kinds], _private);
    }

    /// <summary>
    /// A copy whose named attributes are private: rules may test them, but their values never reach logs, explanations or
    /// <see cref="ToString"/>. The name <c>targetingKey</c> makes the key itself private.
    /// </summary>
    /// <param name="names">Attributes of this context; of another kind, call it on the context given to <see cref="WithKind"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="names"/> is null.</exception>
    /// <exception cref="ArgumentException">One is a JSON pointer: what is private is an attribute, with all that is in it.</exception>
    public EvaluationContext WithPrivate(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (Array.Find(names, name => name.StartsWith('/')) is { } pointer)
            throw new ArgumentException($"Private attribute '{pointer}': that is a JSON pointer, and an attribute is private as a whole. Name the attribute that it begins in.", nameof(names));
        return new(TargetingKey, AttributeSpan.ToArray(), _kinds, [.. _private.Union(names, StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    internal ref readonly AttributeValue Key => ref _key;

    internal ReadOnlySpan<ContextAttribute> AttributeSpan => new(_attributes, 0, _count);

    internal ContextKind[] Kinds => _kinds;

    internal bool IsPrivate(string name) => Array.IndexOf(_private, name) >= 0;

    /// <inheritdoc/>
    public bool Equals(EvaluationContext? other) =>
        other is not null
        && string.Equals(TargetingKey, other.TargetingKey, StringComparison.Ordinal)
        && AttributeSpan.SequenceEqual(other.AttributeSpan)
        && _kinds.AsSpan().SequenceEqual(other._kinds)
        && _private.AsSpan().SequenceEqual(other._private);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EvaluationContext);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(TargetingKey, StringComparer.Ordinal);
        foreach (var attribute in AttributeSpan)
            hash.Add(attribute);
        foreach (var kind in _kinds)
            hash.Add(kind);
        return hash.ToHashCode();
    }

    /// <summary>The context for a person to read; private values appear as <c>(private)</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("{ ").Append(TargetingKeyName).Append(" = ")
            .Append(Shown(TargetingKeyName, TargetingKey));
        foreach (var attribute in AttributeSpan)
            text.Append(", ").Append(attribute.Name).Append(" = ").Append(Shown(attribute.Name, attribute.Value));
        foreach (var kind in _kinds)
            text.Append(", ").Append(kind.Name).Append(": ").Append(kind.Context);
        return text.Append(" }").ToString();
    }

    private string Shown(string name, AttributeValue value) => IsPrivate(name) ? "(private)" : value.ToString();
}
