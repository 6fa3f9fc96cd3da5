namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>
/// The parts of an <see cref="EvaluationContext"/> that stand for Unleash's context. References are written as in rules: <c>name</c>, <c>/pointer</c>,
/// <c>kind:name</c>. Every property is the context's attribute of the same name.
/// </summary>
public sealed record UnleashContextMapping
{
    /// <summary><c>userId</c>; the targeting key by default.</summary>
    public string UserId { get; set; } = "targetingKey";

    /// <summary><c>sessionId</c>; the attribute of that name by default.</summary>
    public string SessionId { get; set; } = "sessionId";

    /// <summary><c>remoteAddress</c>; the attribute of that name by default.</summary>
    public string RemoteAddress { get; set; } = "remoteAddress";

    /// <summary><c>environment</c>; the attribute of that name by default. The client does not set it.</summary>
    public string Environment { get; set; } = "environment";

    /// <summary><c>appName</c>; the attribute of that name by default. The client does not set it.</summary>
    public string AppName { get; set; } = "appName";

    /// <summary><c>currentTime</c>, which replaces the current time if it is present; the attribute of that name by default.</summary>
    public string CurrentTime { get; set; } = "currentTime";

    /// <summary>Returns the reference that stands for a field or a property.</summary>
    internal string ReferenceOf(string name) => name switch
    {
        "userId" => UserId,
        "sessionId" => SessionId,
        "remoteAddress" => RemoteAddress,
        "environment" => Environment,
        "appName" => AppName,
        "currentTime" => CurrentTime,
        _ => Literal(name),
    };

    // A literal name, with any characters.
    private static string Literal(string name) =>
        name.AsSpan().ContainsAny(':', '/') || name.Length == 0
            ? "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
            : name;
}
