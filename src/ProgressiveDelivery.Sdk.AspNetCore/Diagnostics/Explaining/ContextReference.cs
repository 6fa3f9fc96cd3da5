namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>A reference of a rule to a place in a context, such as <c>country</c>, <c>/address/city</c> or <c>organization:plan</c>.</summary>
/// <param name="Kind">The kind of context; null for the main one.</param>
/// <param name="Name">The attribute, or <c>targetingKey</c>.</param>
/// <param name="Path">The members inside of it, from the outside in.</param>
internal sealed record ContextReference(string? Kind, string Name, IReadOnlyList<string> Path)
{
    public const string TargetingKey = "targetingKey";

    public bool IsKey => Name == TargetingKey && Path.Count == 0;

    public static ContextReference Parse(string text)
    {
        string? kind = null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && !text.AsSpan(0, colon).Contains('/'))
            (kind, text) = (text[..colon], text[(colon + 1)..]);
        if (!text.StartsWith('/'))
            return new(kind, text, []);
        string[] parts = [.. text[1..].Split('/').Select(Unescape)];
        return new(kind, parts[0], parts[1..]);
    }

    /// <summary>Undoes the escapes of a JSON pointer.</summary>
    public static string Unescape(string part) => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
