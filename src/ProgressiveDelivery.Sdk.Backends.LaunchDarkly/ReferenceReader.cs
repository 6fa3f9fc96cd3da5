namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>Converts LaunchDarkly's attribute references to ours.</summary>
internal sealed class ReferenceReader(LaunchDarklyContextMapping mapping)
{
    /// <summary>The kind of a clause, a target or a rollout that names none.</summary>
    public const string User = "user";

    private const string Key = "key";
    private const string TargetingKey = "targetingKey";

    public string MainKind => mapping.MainKind;

    /// <summary>Returns the reference to a kind's key.</summary>
    public string KeyOf(string? kind) => OfKind(kind, TargetingKey);

    /// <summary>Returns the reference to an attribute, or null if it is empty or malformed.</summary>
    /// <param name="kind">The kind as written; null if the document is of the older form without kinds. Then the attribute is a literal name.</param>
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

    /// <summary>Returns whether a reference is to the name of the kind itself.</summary>
    public static bool IsKind(string? attribute) => attribute is "kind" or "/kind";

    private string OfKind(string? kind, string reference)
    {
        var named = kind is { Length: > 0 } ? kind : User;
        return named == mapping.MainKind ? reference : $"{named}:{reference}";
    }

    // A pointer of one token: no character has a special meaning.
    private static string Literal(string name) => name.AsSpan().ContainsAny(':', '/') ? "/" + Escape(name) : name;

    public static string Escape(string token) => token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Returns the names of a pointer, or null if it is malformed.</summary>
    public static string[]? Components(string pointer)
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
