namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>
/// The parts of an <see cref="EvaluationContext"/> that stand for ConfigCat's user object. References are written as in rules: <c>name</c>,
/// <c>/pointer</c>, <c>kind:name</c>. Every other attribute of the user object is the context's attribute of the same name.
/// </summary>
/// <remarks>
/// A context without targeting key and attributes is "no user": it skips targeting rules and percentage options. A context with attributes and
/// without targeting key is a user object without identifier. Percentage options place it by the empty text, as in ConfigCat's own libraries.
/// </remarks>
public sealed record ConfigCatContextMapping
{
    /// <summary><c>Identifier</c>, which percentage options hash; the targeting key by default.</summary>
    public string Identifier { get; set; } = "targetingKey";

    /// <summary><c>Email</c>; the attribute <c>Email</c> by default.</summary>
    public string Email { get; set; } = "Email";

    /// <summary><c>Country</c>; the attribute <c>Country</c> by default.</summary>
    public string Country { get; set; } = "Country";

    /// <summary>Returns the reference that stands for an attribute of the user object.</summary>
    internal string ReferenceOf(string attribute) => attribute switch
    {
        "Identifier" => Identifier,
        "Email" => Email,
        "Country" => Country,
        _ => Literal(attribute),
    };

    // A literal name, with any characters.
    private static string Literal(string name) =>
        name.AsSpan().ContainsAny(':', '/') || name.Length == 0
            ? "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
            : name;
}
