using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using System.Text;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// The subject of an evaluation: a targeting key, which rollouts and splits hash, and typed attributes, which rules test.
/// Immutable and safe to share between threads; build one per request and pass it to every call.
/// </summary>
/// <example>
/// <code>
/// var context = new EvaluationContext("user-17") { ["country"] = "NL", ["age"] = 42, ["appVersion"] = "4.2.0" };
/// </code>
/// </example>
/// <remarks>
/// Equality does not depend on the order in which attributes were added. To evaluate without any allocation, the context
/// included, use <see cref="StackContext"/>.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class EvaluationContext : IEquatable<EvaluationContext>
{
    internal const string TargetingKeyName = "targetingKey";
    internal const string HostKindName = "host";

    private readonly AttributeValue _key;
    private ContextAttribute[] _attributes;
    private int _count;
    private readonly ContextKind[] _kinds;
    private readonly string[] _private;
    private readonly ForcedVariantSet? _forced;

    /// <summary>Makes the context of an anonymous caller, which is in no rollout; add attributes in an object initializer.</summary>
    public EvaluationContext()
        : this(targetingKey: null)
    {
    }

    /// <summary>Makes a context without attributes; add them in an object initializer.</summary>
    /// <param name="targetingKey">The key to hash: a user's, account's or device's stable id. Null for an anonymous caller, which is in no rollout.</param>
    public EvaluationContext(string? targetingKey)
        : this(targetingKey, [], [], [])
    {
    }

    /// <summary>Makes a context without attributes; add them in an object initializer.</summary>
    /// <param name="targetingKey">The key to hash, as the text of its digits.</param>
    public EvaluationContext(long targetingKey)
        : this(targetingKey.ToString(CultureInfo.InvariantCulture))
    {
    }

    /// <summary>Makes a context without attributes; add them in an object initializer.</summary>
    /// <param name="targetingKey">The key to hash, as text in lower case with hyphens.</param>
    public EvaluationContext(Guid targetingKey)
        : this(targetingKey.ToString("D"))
    {
    }

    /// <summary>Makes a context from attributes at hand; a name given twice keeps its last value.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="attributes"/> is null.</exception>
    public EvaluationContext(string? targetingKey, IEnumerable<KeyValuePair<string, AttributeValue>> attributes)
        : this(targetingKey, AttributeList.Sorted(attributes ?? throw new ArgumentNullException(nameof(attributes))), [], [])
    {
    }

    /// <summary>Makes a context of several kinds at once; a kind given twice keeps its last context.</summary>
    internal EvaluationContext(string? targetingKey, IEnumerable<KeyValuePair<string, AttributeValue>> attributes, IReadOnlyCollection<KeyValuePair<string, EvaluationContext>> kinds)
        : this(targetingKey, AttributeList.Sorted(attributes), Sorted(kinds), [])
    {
    }

    private EvaluationContext(string? targetingKey, ContextAttribute[] attributes, ContextKind[] kinds, string[] privateNames, ForcedVariantSet? forced = null)
    {
        _forced = forced;
        _key = targetingKey;
        _attributes = attributes;
        _count = attributes.Length;
        _kinds = kinds;
        _private = privateNames;
    }

    /// <summary>The empty context: no key, no attributes.</summary>
    public static EvaluationContext Empty { get; } = new();

    /// <summary>
    /// Makes a context from the claims of a principal's authenticated identities. The targeting key is the claim <paramref name="keyClaim"/>, or else
    /// <see cref="ClaimTypes.NameIdentifier"/>, <c>sub</c> or <c>oid</c>. Where no identity is authenticated, the context is <see cref="Empty"/>.
    /// </summary>
    /// <remarks>
    /// An attribute is named as its claim in a JSON web token (<c>email</c>, <c>name</c>, <c>given_name</c>), or else by the last part of the claim's type. A claim that
    /// occurs several times is a list, and so are <c>roles</c> and <c>groups</c> however often they occur. Claims about the token itself (<c>exp</c>, <c>iat</c>, <c>jti</c>…)
    /// are left out. Booleans, integers, numbers and instants are read by a claim's value type.
    /// </remarks>
    /// <param name="principal">The signed-in principal.</param>
    /// <param name="keyClaim">The type of the claim to take as targeting key, such as an account's id; null for the defaults above.</param>
    /// <param name="include">Chooses the claims that become attributes; null for all.</param>
    /// <exception cref="ArgumentNullException"><paramref name="principal"/> is null.</exception>
    public static EvaluationContext FromPrincipal(ClaimsPrincipal principal, string? keyClaim = null, Func<Claim, bool>? include = null)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return PrincipalContext.Of(principal, keyClaim, include);
    }

    /// <summary>Returns the targeting key that <see cref="FromPrincipal"/> chooses, without reading the attributes; null if the principal has none.</summary>
    /// <param name="principal">The signed-in principal.</param>
    /// <param name="keyClaim">The type of the claim to take as targeting key; null for the defaults of <see cref="FromPrincipal"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="principal"/> is null.</exception>
    public static string? ReadTargetingKey(ClaimsPrincipal principal, string? keyClaim = null)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return PrincipalContext.KeyOf(principal, keyClaim);
    }

    /// <summary>Returns one attribute of the context that <see cref="FromPrincipal"/> makes, without reading the others; a null value if there is none.</summary>
    /// <param name="principal">The signed-in principal.</param>
    /// <param name="name">The attribute's name; case-sensitive.</param>
    /// <param name="keyClaim">The type of the claim that is the targeting key, and no attribute; null for the defaults of <see cref="FromPrincipal"/>.</param>
    /// <param name="include">Chooses the claims that become attributes; null for all. Called for claims of this name alone.</param>
    /// <exception cref="ArgumentNullException"><paramref name="principal"/> or <paramref name="name"/> is null.</exception>
    public static AttributeValue ReadAttribute(ClaimsPrincipal principal, string name, string? keyClaim = null, Func<Claim, bool>? include = null)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(name);
        return PrincipalContext.AttributeOf(principal, name, keyClaim, include);
    }

    /// <summary>The key that rollouts, splits and segments use; null for an anonymous caller.</summary>
    public string? TargetingKey => _key.AsString();

    /// <summary>The attributes of the main context, in ordinal order of their names; the targeting key is not among them.</summary>
    public IReadOnlyList<ContextAttribute> Attributes => new ArraySegment<ContextAttribute>(_attributes, 0, _count);

    /// <summary>The attribute of that name, or a null value; in an initializer, sets it.</summary>
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

    /// <summary>The context of another kind (an organization, a device) that <see cref="WithKind"/> added; null when there is none.</summary>
    public EvaluationContext? GetKind(string kind)
    {
        foreach (var entry in _kinds)
        {
            if (string.Equals(entry.Name, kind, StringComparison.Ordinal))
                return entry.Context;
        }

        return null;
    }

    /// <summary>The names of the other kinds that <see cref="WithKind"/> added, in ordinal order.</summary>
    public IReadOnlyList<string> KindNames => Array.ConvertAll(_kinds, static kind => kind.Name);

    /// <summary>Returns whether an attribute of this context is private; <c>targetingKey</c> stands for the key. See <see cref="WithPrivate"/>.</summary>
    /// <param name="name">The attribute's name.</param>
    public bool IsPrivate(string name) => Array.IndexOf(_private, name) >= 0;

    /// <summary>A copy with one attribute added or replaced.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public EvaluationContext With(string name, AttributeValue value)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(TargetingKey, AttributeList.With(AttributeSpan, name, value), _kinds, _private, _forced);
    }

    /// <summary>
    /// A copy that also describes another kind of thing; rules name its attributes as <c>organization:plan</c>. The kind <c>host</c> replaces the client's facts about its
    /// process for this context.
    /// </summary>
    /// <param name="kind">The kind's name, without the colon.</param>
    /// <param name="context">Its key and attributes; kinds inside it are dropped.</param>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is empty or contains a colon or a slash.</exception>
    public EvaluationContext WithKind(string kind, EvaluationContext context)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentNullException.ThrowIfNull(context);
        if (kind.AsSpan().ContainsAny(':', '/'))
            throw new ArgumentException($"Context kind '{kind}': a kind's name holds no ':' and no '/', since references are written 'kind:attribute'. Choose another name.", nameof(kind));

        var kinds = _kinds.Where(entry => !string.Equals(entry.Name, kind, StringComparison.Ordinal))
            .Append(new(kind, context.WithoutKinds()))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);
        return new(TargetingKey, AttributeSpan.ToArray(), [.. kinds], _private, _forced);
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
        return new(TargetingKey, AttributeSpan.ToArray(), _kinds, [.. _private.Union(names, StringComparer.Ordinal).Order(StringComparer.Ordinal)], _forced);
    }

    /// <summary>
    /// A copy for which a flag serves one variant, whatever its rules say: for tests by hand. It has an effect outside of Production alone, unless
    /// <see cref="DependencyInjection.ProgressiveDeliveryOptions.AllowForcedVariants"/> says otherwise. The reason is <see cref="EvaluationReason.Override"/>. No
    /// exposure and no usage is recorded. Kills and operators' overrides outrank it, and flags that depend on the flag see its rules' answer.
    /// </summary>
    /// <param name="flag">The flag's key. A flag that the rules do not have is logged once, and ignored.</param>
    /// <param name="variant">The variant's name. One that the flag does not have is logged once, and ignored.</param>
    /// <param name="by">The author, for the log and the audit trail: a person or a program.</param>
    /// <exception cref="ArgumentException">A text is null, empty or blank.</exception>
    public EvaluationContext WithForcedVariant(string flag, string variant, string by) =>
        new(TargetingKey, AttributeSpan.ToArray(), _kinds, _private, ForcedVariantSet.With(_forced, flag, variant, by));

    /// <summary>The variants that <see cref="WithForcedVariant"/> forces; one for each flag.</summary>
    public IReadOnlyList<ForcedVariant> ForcedVariants => _forced?.List ?? [];

    // No rule sees them, and contexts that are inside one another by reference could be walked without end.
    private EvaluationContext WithoutKinds() => _kinds.Length == 0 ? this : new(TargetingKey, AttributeSpan.ToArray(), [], _private);

    internal ref readonly AttributeValue Key => ref _key;

    internal ForcedVariantSet? Forced => _forced;

    internal ReadOnlySpan<ContextAttribute> AttributeSpan => new(_attributes, 0, _count);

    internal ContextKind[] Kinds => _kinds;

    /// <summary>A copy without the private attributes, also of its kinds.</summary>
    internal EvaluationContext WithoutPrivate() => new(
        IsPrivate(TargetingKeyName) ? null : TargetingKey,
        [.. Attributes.Where(attribute => !IsPrivate(attribute.Name))],
        [.. _kinds.Select(kind => new ContextKind(kind.Name, kind.Context.WithoutPrivate()))],
        []);

    /// <summary>Returns the context, also its kinds, with null in place of each value beyond the bounds; the same one if there is none.</summary>
    internal EvaluationContext Within(AttributeBounds bounds) => IsWithin(bounds) ? this : new(
        TargetingKey,
        [.. Attributes.Select(attribute => bounds.Hold(attribute.Value) ? attribute : new(attribute.Name, default))],
        [.. _kinds.Select(kind => new ContextKind(kind.Name, kind.Context.Within(bounds)))],
        _private,
        _forced);

    /// <summary>Returns whether each value of the context and of its kinds is within the bounds.</summary>
    internal bool IsWithin(AttributeBounds bounds)
    {
        foreach (ref readonly var attribute in AttributeSpan)
        {
            if (!bounds.Hold(in attribute.ValueReference))
                return false;
        }

        foreach (var kind in _kinds)
        {
            if (!kind.Context.IsWithin(bounds))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(EvaluationContext? other) =>
        other is not null
        && string.Equals(TargetingKey, other.TargetingKey, StringComparison.Ordinal)
        && AttributeSpan.SequenceEqual(other.AttributeSpan)
        && _kinds.AsSpan().SequenceEqual(other._kinds)
        && _private.AsSpan().SequenceEqual(other._private)
        && Equals(_forced, other._forced);

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

    private static ContextKind[] Sorted(IReadOnlyCollection<KeyValuePair<string, EvaluationContext>> kinds)
    {
        if (kinds.Count == 0)
            return [];
        var byName = new SortedDictionary<string, EvaluationContext>(StringComparer.Ordinal);
        foreach (var (name, context) in kinds)
            byName[name] = context.WithoutKinds();
        return [.. byName.Select(kind => new ContextKind(kind.Key, kind.Value))];
    }

    private string Shown(string name, AttributeValue value) => IsPrivate(name) ? "(private)" : value.ToString();
}
