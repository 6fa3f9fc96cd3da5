namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>Writes LaunchDarkly's attribute references as ours.</summary>
internal sealed class ReferenceReader(LaunchDarklyContextMapping mapping)
{
    private const string Key = "key";
    private const string TargetingKey = "targetingKey";

    public string MainKind => mapping.MainKind;

    /// <summary>The reference to a kind's key.</summary>
    public string KeyOf(string? kind) => OfKind(kind, TargetingKey);

    /// <summary>The reference to an attribute; null: it is empty or malformed.</summary>
    /// <param name="kind">The kind as written; null: the document is of a time before there were kinds, and the name is a name, whatever is in it.</param>
    /// <param name="attribute">The attribute as written.</param>
    public string? Read(string? kind, string? attribute)
    {
        if (attribute is not { Length: > 0 })
            return null;
        if (kind is null || !attribute.StartsWith('/'))
            return attribute == Key ? KeyOf(kind) : OfKind(kind, Literal(attribute));
        if (Components(attribute) is not { } components)
            return null;
        return components is [Key] ? KeyOf(kind) : OfKind(kind, "/" + string.Join('/', components.Select(Escape)));
    }

    /// <summary>Whether a reference is to the name of the kind itself.</summary>
    public static bool IsKind(string? attribute) => attribute is "kind" or "/kind";

    private string OfKind(string? kind, string reference) => kind is null || kind == mapping.MainKind ? reference : $"{kind}:{reference}";

    // As a pointer of one token, so that no character has a meaning.
    private static string Literal(string name) => name.AsSpan().ContainsAny(':', '/') ? "/" + Escape(name) : name;

    private static string Escape(string token) => token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string[]? Components(string pointer)
    {
        var components = pointer[1..].Split('/');
        for (var i = 0; i < components.Length; i++)
        {
            if (components[i].Length == 0 || Unescape(components[i]) is not { } component)
                return null;
            components[i] = component;
        }

        return components;
    }

    private static string? Unescape(string token)
    {
        for (var i = 0; i < token.Length; i++)
        {
            if (token[i] == '~' && (i + 1 == token.Length || token[i + 1] is not ('0' or '1')))
                return null;
        }

        return token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }
}
