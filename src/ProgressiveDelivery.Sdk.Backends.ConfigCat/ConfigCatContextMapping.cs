namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>
/// Which parts of an <see cref="EvaluationContext"/> stand for ConfigCat's user object. References are written as in rules: <c>name</c>,
/// <c>/pointer</c>, <c>kind:name</c>. Every other attribute of the user object is the context's attribute of the same name.
/// </summary>
/// <remarks>
/// A context without targeting key and attributes is "no user": targeting rules and percentage options are passed by. A user object without
/// identifier, which ConfigCat places by the empty text, is a context with an empty targeting key.
/// </remarks>
public sealed record ConfigCatContextMapping
{
    /// <summary><c>Identifier</c>, which percentage options hash; the targeting key by default.</summary>
    public string Identifier { get; init; } = "targetingKey";

    /// <summary><c>Email</c>; the attribute <c>Email</c> by default.</summary>
    public string Email { get; init; } = "Email";

    /// <summary><c>Country</c>; the attribute <c>Country</c> by default.</summary>
    public string Country { get; init; } = "Country";

    /// <summary>The reference that stands for an attribute of the user object.</summary>
    internal string ReferenceOf(string attribute) => attribute switch
    {
        "Identifier" => Identifier,
        "Email" => Email,
        "Country" => Country,
        _ => Literal(attribute),
    };

    // A name, whatever characters it has.
    private static string Literal(string name) =>
        name.AsSpan().ContainsAny(':', '/') || name.Length == 0
            ? "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
            : name;
}
