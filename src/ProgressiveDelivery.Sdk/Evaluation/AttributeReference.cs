using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>Names one value of a context: an attribute, a place inside one (RFC 6901), or either of another context kind.</summary>
internal sealed class AttributeReference
{
    private readonly string? _kind;
    private readonly string _name;
    private readonly string[] _path;
    private readonly bool _isKey;
    private Digest _nameDigest;
    private OperandHash? _nameHash;
    private readonly bool _objectsOnly;
    private readonly bool _isOfHost;

    private AttributeReference(string text, string? kind, string name, string[] path, bool objectsOnly = false, bool hasHostFacts = false)
    {
        Text = text;
        _kind = kind;
        _isOfHost = hasHostFacts && kind == EvaluationContext.HostKindName;
        // A literal in the caller's code is interned too, and then found by reference.
        _name = string.Intern(name);
        _path = path;
        _objectsOnly = objectsOnly;
        // An attribute of that name is visible only if there is no key.
        _isKey = name == EvaluationContext.TargetingKeyName;
    }

    /// <summary>Indicates whether the reference is the main context's targeting key.</summary>
    public bool IsTargetingKey => _isKey && _kind is null && _path.Length == 0;

    /// <summary>The reference as it is written.</summary>
    public string Text { get; }

    public static AttributeReference TargetingKey { get; } =
        new(EvaluationContext.TargetingKeyName, null, EvaluationContext.TargetingKeyName, []);

    public static bool TryParse(string text, [NotNullWhen(true)] out AttributeReference? reference) => TryParse(text, objectsOnly: false, hasHostFacts: true, out reference);

    /// <summary>Reads a reference.</summary>
    /// <param name="text">The reference as it is written.</param>
    /// <param name="objectsOnly">True if the pointer may enter objects only, and no lists.</param>
    /// <param name="hasHostFacts">True if the facts about this process stand in for a kind <c>host</c> that the context lacks.</param>
    /// <param name="reference">The reference.</param>
    public static bool TryParse(string text, bool objectsOnly, bool hasHostFacts, [NotNullWhen(true)] out AttributeReference? reference)
    {
        reference = null;
        string? kind = null;
        var rest = text;
        if (!text.StartsWith('/'))
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon == 0)
                return false;
            if (colon > 0 && text.AsSpan(0, colon).Contains('/'))
                colon = -1;
            if (colon > 0)
            {
                kind = text[..colon];
                rest = text[(colon + 1)..];
            }
        }

        if (!rest.StartsWith('/'))
        {
            reference = new(text, kind, rest, [], hasHostFacts: hasHostFacts);
            return true;
        }

        var tokens = rest[1..].Split('/');
        for (var i = 0; i < tokens.Length; i++)
        {
            if (!TryUnescape(tokens[i], out var token))
                return false;
            tokens[i] = token;
        }

        reference = new(text, kind, tokens[0], tokens[1..], objectsOnly, hasHostFacts);
        return true;
    }

    /// <summary>Creates a reference to the attribute of the main context whose name has a hash.</summary>
    public static AttributeReference OfHashedName(string text, Digest digest, OperandHash algorithm) => new(text, null, text, []) { _nameDigest = digest, _nameHash = algorithm };

    /// <summary>Returns the value of the attribute; a null value if there is none.</summary>
    public ref readonly AttributeValue Read(in EvaluationInput input)
    {
        if (_nameHash is not null)
            return ref ReadHashed(in input);
        ref readonly var value = ref _kind is null ? ref ReadMain(in input) : ref ReadKind(in input, _kind);
        return ref _path.Length == 0 ? ref value : ref Descend(in value);
    }

    public bool IsPrivate(in EvaluationInput input) => input.IsPrivate(_kind, _name);

    private ref readonly AttributeValue ReadHashed(in EvaluationInput input)
    {
        foreach (ref readonly var attribute in input.Attributes)
        {
            if (input.Services.NameDigests.Of(attribute.Name, _nameHash!.Value) == _nameDigest)
                return ref attribute.ValueReference;
        }

        return ref AttributeList.Missing;
    }

    private ref readonly AttributeValue ReadMain(in EvaluationInput input) =>
        ref _isKey && !input.Key.IsNull ? ref input.Key : ref input.Attribute(_name);

    private ref readonly AttributeValue ReadKind(in EvaluationInput input, string kind)
    {
        if ((input.GetKind(kind) ?? (_isOfHost ? input.Services.Host : null)) is not { } context)
            return ref AttributeList.Missing;
        return ref _isKey && !context.Key.IsNull ? ref context.Key : ref AttributeList.Find(context.AttributeSpan, _name, sorted: true);
    }

    private ref readonly AttributeValue Descend(in AttributeValue start)
    {
        ref readonly var value = ref start;
        foreach (var token in _path)
        {
            if (value.Kind == AttributeKind.Object)
                value = ref AttributeList.Find(value.Members, token, sorted: true);
            else if (!_objectsOnly && value.Kind == AttributeKind.List && IsIndex(token, out var index) && index < value.Items.Length)
                value = ref value.Items[index];
            else
                return ref AttributeList.Missing;
        }

        return ref value;
    }

    private static bool IsIndex(string token, out int index)
    {
        index = 0;
        return (token.Length == 1 || !token.StartsWith('0'))
            && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && token[^1] != '\0';
    }

    private static bool TryUnescape(string token, out string unescaped)
    {
        unescaped = token;
        if (!token.Contains('~', StringComparison.Ordinal))
            return true;
        for (var i = 0; i < token.Length; i++)
        {
            if (token[i] == '~' && (i + 1 == token.Length || token[i + 1] is not ('0' or '1')))
                return false;
        }

        unescaped = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        return true;
    }
}
